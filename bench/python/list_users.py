"""Every user of a pool, a JSON record a line. Usage: list_users.py POOL"""
import json
import sys

import boto3

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
for page in boto3.client("cognito-idp").get_paginator("list_users").paginate(UserPoolId=sys.argv[1]):
    for user in page["Users"]:
        attributes = {attribute["Name"]: attribute["Value"] for attribute in user["Attributes"]}
        record = {
            "handle": attributes.get("preferred_username"),
            "sub": attributes["sub"],
            "email": attributes.get("email"),
            "status": user["UserStatus"],
            "enabled": user["Enabled"],
            "created": user["UserCreateDate"].isoformat(),
            "last_modified": user["UserLastModifiedDate"].isoformat(),
            "username": user["Username"],
            "attributes": attributes,
        }
        sys.stdout.write(encode(record) + "\n")
