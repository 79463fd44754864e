"""Our settings, one kind of job more, slow enough to be killed in the middle, and no sweeper on request."""

import os
import sys

from livingwell import settings as ours

globals().update({name: getattr(ours, name) for name in dir(ours) if name.isupper()})

JOBS = {**ours.JOBS, "slow": "tests.processes.slow.be_slow"}
DATABASES = ours.DATABASES
if DATABASES["default"]["ENGINE"].endswith("postgresql") and "migrate" not in sys.argv:
    DATABASES["default"]["OPTIONS"] = {
        "assume_role": ours.DATABASE_APP_ROLE
    }  # behind the walls, as all tests
CELERY = dict(ours.CELERY)
CELERY["task_time_limit"] = int(os.environ.get("TEST_TIME_LIMIT", "300"))
if os.environ.get("TEST_SWEEPER") == "off":
    CELERY["beat_schedule"] = {}
