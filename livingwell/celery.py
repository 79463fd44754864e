"""The Celery application, and the one command line of its worker.

Embedded, one worker does everything: `python -m celery -A livingwell worker -B -c 2 --without-mingle
--without-gossip`. In production the worker leaves out `-B`, and exactly one `python -m celery -A livingwell
beat` runs beside it. Either may be killed at any moment and started again; whoever starts them only has to
keep them going.
"""

import os
import sys

from celery import Celery
from celery.signals import worker_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

from livingwell import bell

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.settings")

WORKER = [
    *(
        sys.executable,
        "-W",
        "ignore::RuntimeWarning:celery.platforms",
    ),  # containers run as root
    *("-m", "celery", "--quiet", "-A", "livingwell", "worker"),
    *("-B", "-c", "2", "--without-mingle", "--without-gossip"),
]
"""What the embedded mode starts, in the folder of manage.py and with this process's environment."""

app = Celery("livingwell")
app.conf.update(settings.CELERY)
app.autodiscover_tasks(["kit"])


@worker_init.connect
def look_at_the_role(**_: object) -> None:
    """Stop a worker whose database role could look past the walls between places.

    Celery logs what is raised here and goes on; only an exit stops it.
    """
    try:
        import_string("kit.checks.refuse_unsafe_role")()
    except ImproperlyConfigured as reason:
        raise SystemExit(str(reason)) from reason
    connection.close()  # the pool's processes open their own


__all__ = ["WORKER", "app", "bell"]
