"""The settings, with the linter of migrations among the apps: it is for CI alone."""

from livingwell.settings import *  # noqa: F403 - these are the settings, with one app more
from livingwell.settings import INSTALLED_APPS as OUR_APPS

INSTALLED_APPS = [*OUR_APPS, "django_migration_linter"]
