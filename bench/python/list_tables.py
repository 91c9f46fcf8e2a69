"""The names of all tables, a JSON record a line."""
import json

import boto3

for page in boto3.client("dynamodb").get_paginator("list_tables").paginate():
    for name in page["TableNames"]:
        print(json.dumps({"name": name}))
