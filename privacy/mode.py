"""Demo mode and a database with real people exclude each other."""

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from privacy.models import Installation


def refuse_wrong_mode():
    """Stop when ``DEMO`` contradicts what the database is marked to hold."""
    problem = _contradiction()
    if problem:
        raise ImproperlyConfigured(problem)


def database_fits_the_mode(app_configs, databases, **kwargs):
    """The same rule for ``check --database`` and before every ``migrate``."""
    problem = _contradiction() if databases else None
    return [checks.Error(problem, id="privacy.E003")] if problem else []


def _contradiction():
    if Installation._meta.db_table not in connection.introspection.table_names():
        return None
    is_demo = Installation.is_demo_database()
    if is_demo is False and settings.DEMO:
        return (
            "DEMO=true, but the database holds real data. Set DEMO=false, or let "
            "DATABASE_URL point to a database of its own for the demo."
        )
    if is_demo and not settings.DEMO:
        return (
            "DEMO=false, but the database holds demo data. Set DEMO=true, or let "
            "DATABASE_URL point to an empty database for real data."
        )
    return None
