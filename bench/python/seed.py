"""Writes the messages of a generated conversation. Usage: seed.py TABLE MESSAGES"""
import random
import sys
import uuid
from datetime import datetime, timedelta, timezone

import boto3

WORDS = "build test branch review queue retry index page cache schema deploy trace green slow small clear".split()
PEOPLE = [("Busy Body", "busy", str(uuid.uuid4())), ("Someone Else", "someone", str(uuid.uuid4()))]

table, messages = sys.argv[1], int(sys.argv[2])
group = str(uuid.uuid4())
ends = datetime(2026, 1, 1, tzinfo=timezone.utc)
with boto3.resource("dynamodb").Table(table).batch_writer() as batch:
    for number in range(messages):
        name, handle, person = random.choice(PEOPLE)
        at = ends - timedelta(minutes=messages - number - 1)
        batch.put_item(
            Item={
                "pk": "MSG#" + group,
                "sk": at.isoformat(timespec="microseconds"),
                "message_uuid": str(uuid.uuid4()),
                "message": " ".join(random.choices(WORDS, k=random.randint(3, 22))) + ".",
                "user_uuid": person,
                "user_display_name": name,
                "user_handle": handle,
            }
        )
