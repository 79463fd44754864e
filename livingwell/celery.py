"""The Celery application: `celery -A livingwell worker -B`."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.settings")

app = Celery("livingwell")
app.conf.update(settings.CELERY)
app.autodiscover_tasks(["kit"])
