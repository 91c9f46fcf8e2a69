"""Every item of a table, a JSON record a line. Usage: scan.py TABLE"""
import json
import sys
from decimal import Decimal

import boto3
from boto3.dynamodb.types import TypeDeserializer


def plain(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, set):
        return sorted(value)
    raise TypeError(type(value))


deserialize = TypeDeserializer().deserialize
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=plain).encode
pages = boto3.client("dynamodb").get_paginator("scan").paginate(TableName=sys.argv[1])
for page in pages:
    sys.stdout.writelines(
        encode({name: deserialize(value) for name, value in item.items()}) + "\n" for item in page["Items"]
    )
