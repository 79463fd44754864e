"""The door for servers that speak ASGI."""

import os
import warnings
from concurrent.futures import ThreadPoolExecutor

from django.core.asgi import get_asgi_application
from django.db import connection
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.settings")

warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
"""WhiteNoise hands out files like that; they are small, and read in a thread."""

application = get_asgi_application()


def _look() -> None:
    try:
        import_string("kit.checks.refuse_unsafe_role")()
    finally:
        connection.close()


with ThreadPoolExecutor(1) as aside:  # uvicorn imports this inside its loop, which must not wait
    aside.submit(_look).result()
