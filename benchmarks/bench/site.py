"""The installation a workload asks, and the people in it."""

from functools import cached_property

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.asking import Browser
from mediators.models import User

READS = ("SELECT", "WITH")
ASKS = (*READS, "INSERT", "UPDATE", "DELETE")


class Site:
    """One process of the product on one database."""

    @cached_property
    def application(self):
        return WSGIHandler()

    @cached_property
    def mediator(self):
        """One of many, with as many families and entries as everybody."""
        return User.objects.get(email="mediator-0@tilts.example")

    def sign_in(self, user):
        client = Client()
        client.force_login(user)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        return Browser(self.application, cookies)

    def statements(self, ask):
        """What the database is asked meanwhile, without the frames of transactions."""
        with CaptureQueriesContext(connection) as captured:
            ask()
        return [
            query["sql"]
            for query in captured.captured_queries
            if query["sql"].lstrip("(").startswith(ASKS)
        ]

    def plan(self, sql):
        """How the database answers what only reads, with times if it tells them."""
        if not sql.lstrip("(").startswith(READS):
            return ""
        is_told = connection.vendor == "postgresql"
        options = {"analyze": True, "buffers": True} if is_told else {}
        prefix = connection.ops.explain_query_prefix(**options)
        with connection.cursor() as cursor:
            cursor.execute(f"{prefix} {sql}")
            return "\n".join(str(row[-1]) for row in cursor.fetchall())
