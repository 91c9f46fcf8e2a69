"""Which rows of public.users would get another Cognito id. Usage: plan_ids.py POOL URL"""
import json
import sys

from subs import by_handle, psycopg

pool, url = sys.argv[1:]
subs = by_handle(pool)
with psycopg.connect(url) as connection, connection.cursor() as cursor:
    cursor.execute("SELECT handle, cognito_user_id FROM public.users ORDER BY handle")
    for handle, old in cursor:
        if handle in subs and subs[handle] != old:
            print(json.dumps({"handle": handle, "sub": subs[handle], "old": old}))
