"""The newest 20 messages of a group, oldest first, a JSON record a line. Usage: get_conversation.py TABLE GROUP"""
import json
import sys

import boto3

table, group = sys.argv[1:]
answer = boto3.client("dynamodb").query(
    TableName=table,
    KeyConditionExpression="pk = :pk",
    ExpressionAttributeValues={":pk": {"S": "MSG#" + group}},
    ScanIndexForward=False,
    Limit=20,
    ReturnConsumedCapacity="TOTAL",
)
for item in reversed(answer["Items"]):
    message = {
        "uuid": item["message_uuid"]["S"],
        "display_name": item["user_display_name"]["S"],
        "handle": item["user_handle"]["S"],
        "message": item["message"]["S"],
        "created_at": item["sk"]["S"],
    }
    print(json.dumps(message, ensure_ascii=False))
print(answer["ConsumedCapacity"]["CapacityUnits"], "RCU", file=sys.stderr)
