"""Writes the Cognito ids the way of the old script, a statement and a commit a user. Usage: sync_ids.py POOL URL"""
import sys

from subs import by_handle, psycopg

pool, url = sys.argv[1:]
with psycopg.connect(url) as connection:
    for handle, sub in by_handle(pool).items():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE public.users SET cognito_user_id = %s WHERE handle = %s", (sub, handle))
        connection.commit()
