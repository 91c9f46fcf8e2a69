"""The subs of a pool's users by their handles, and the driver: shared by the two scripts that need them."""
import boto3

try:
    import psycopg
except ImportError:
    import psycopg2 as psycopg  # noqa: F401


def by_handle(pool):
    subs = {}
    for page in boto3.client("cognito-idp").get_paginator("list_users").paginate(UserPoolId=pool):
        for user in page["Users"]:
            attributes = {attribute["Name"]: attribute["Value"] for attribute in user["Attributes"]}
            if "preferred_username" in attributes:
                subs[attributes["preferred_username"]] = attributes["sub"]
    return subs
