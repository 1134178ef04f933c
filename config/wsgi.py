"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils.module_loading import import_string

from privacy.checks import refuse_equal_keys
from privacy.keys import field_keys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Better no start than a first visit that cannot be stored or read.
field_keys()
refuse_equal_keys()
# By name, because its models exist only once the application does.
import_string("privacy.mode.refuse_wrong_mode")()
# A worker that follows a killed one answers at once: all pages are loaded before it is forked.
import_string("config.urls.urlpatterns")
# A worker that is forked from here must not inherit the connection.
connection.close()
# What was loaded stays until the end: the collector need not walk through it again, nor
# touch memory that workers share.
gc.collect()
gc.freeze()
