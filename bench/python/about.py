"""What this Python is and has, as lines of name=value."""
import importlib.metadata
import platform
import site
import sys

print("executable=" + sys.executable)
print("prefix=" + sys.prefix)
print("userbase=" + site.getuserbase())
print("python=" + platform.python_version())
for name in ("boto3", "botocore", "psycopg", "psycopg2", "psycopg2-binary"):
    try:
        print(name + "=" + importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        pass
try:
    from botocore.httpsession import where

    print("certificates=" + where())
except ImportError:
    pass
