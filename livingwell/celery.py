"""The Celery application, and the one command line of its worker.

Embedded, one worker does everything: `python -m celery -A livingwell worker -B -c 2 --without-mingle
--without-gossip`. In production the worker leaves out `-B`, and exactly one `python -m celery -A livingwell
beat` runs beside it. Either may be killed at any moment and started again; whoever starts them only has to
keep them going.
"""

import os
import sys

from celery import Celery
from django.conf import settings

from livingwell import bell

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.settings")

WORKER = [
    *(sys.executable, "-m", "celery", "-A", "livingwell", "worker"),
    *("-B", "-c", "2", "--without-mingle", "--without-gossip"),
]
"""What the embedded mode starts, in the folder of manage.py and with this process's environment."""

app = Celery("livingwell")
app.conf.update(settings.CELERY)
app.autodiscover_tasks(["kit"])

__all__ = ["WORKER", "app", "bell"]
