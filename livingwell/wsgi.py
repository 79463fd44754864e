"""The door for servers that speak WSGI."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.settings")

application = get_wsgi_application()
import_string("kit.checks.refuse_unsafe_role")()  # by name, as it needs the apps that have just been set up
