"""The standing cast for each test, and what a whole module may share."""

import gc
import time
from collections import Counter

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.dispatch import receiver
from django.test import Client
from django.test.signals import setting_changed
from django_tasks_db.management.commands import db_worker

from mediators.freshness import note_proof
from mediators.services.sessions import BEGAN, SEEN
from privacy import abandoned, append_only
from privacy.keys import field_keys
from privacy.models import AuditHead
from tests import cast


@pytest.fixture(autouse=True)
def _nobody_has_tried_lately():
    """All tests come from one address, whose tries are counted for an hour."""
    cache.clear()


@receiver(setting_changed)
def forget_the_keys_of_another_file(*, setting, **kwargs):
    """Keys are read once per process; a test with a file of its own begins and ends so."""
    if setting == "FIELD_KEYS_FILE":
        field_keys.cache_clear()


def pytest_addoption(parser):
    parser.addoption(
        "--first-cases",
        type=int,
        metavar="N",
        help="of a table of cases only the first N, unless it is marked whole_table",
    )
    parser.addoption(
        "--whole",
        action="store_true",
        help="as many people, entries and kills as were promised, not a tenth of them",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """A table walked whole on one database is not walked whole on the other again."""
    if "sslcert" not in settings.DATABASES["default"].get("OPTIONS", {}):
        keep_if(lambda item: not item.get_closest_marker("postgresql"), config, items)
    limit = config.getoption("--first-cases")
    if limit is None:
        return
    cases = Counter()

    def is_early(item):
        table = item.nodeid.partition("[")[0]
        cases[table] += 1
        return cases[table] <= limit or item.get_closest_marker("whole_table")

    keep_if(is_early, config, items)


def pytest_collection_finish():
    """Some thousand collected tests are no garbage, and need not be looked through for it."""
    gc.collect()
    gc.freeze()


def keep_if(is_kept, config, items):
    kept, left_out = [], []
    for item in items:
        (kept if is_kept(item) else left_out).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Tables are made from the models at once; what else migrations make is made here.

    Migrations run with the tests on PostgreSQL, and on SQLite for each installation
    that a journey is walked through.
    """
    if request.config.getoption("nomigrations"):
        with django_db_blocker.unblock():
            AuditHead.objects.create()
            for guard in append_only.guards():
                append_only.refuse_changes(connection, guard)


class Browser(Client):
    """Whoever is signed in by ``force_login`` has just proved who they are."""

    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        session = self.session
        note_proof(session, user)
        session[BEGAN] = session[SEEN] = int(time.time())
        session.save()


@pytest.fixture(scope="session")
def so_many(request):
    """How often what takes minutes is repeated: a tenth, or all with ``--whole``."""
    whole = request.config.getoption("--whole")
    return lambda promised: promised if whole else promised // 10


@pytest.fixture
def client():
    return Browser()


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """What fixtures of a module make within it stays until the module is over.

    For tests that only look at it, or undo what they do by their own ``db``.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def municipality(db):
    return cast.upesciems()


@pytest.fixture
def mediator(municipality):
    return cast.person("mediator", municipality)


@pytest.fixture
def colleague(municipality):
    """Another mediator of the same municipality."""
    return cast.person("colleague", municipality)


@pytest.fixture
def coordinator(municipality):
    return cast.person("coordinator", municipality)


@pytest.fixture
def deputy(municipality):
    return cast.person("deputy", municipality)


@pytest.fixture
def lead_mediator(db):
    return cast.person("lead_mediator")


@pytest.fixture
def project_staff(db):
    return cast.person("project_staff")


@pytest.fixture
def administrator(db):
    return cast.person("administrator")


@pytest.fixture
def data_protection_officer(db):
    return cast.person("data_protection_officer")


@pytest.fixture
def outsider(db):
    return cast.stranger()


@pytest.fixture
def run_tasks(db, monkeypatch):
    """Do the work that waits in the outbox, as the worker would.

    The worker renews its connection between tasks; here it has to stay in the
    transaction of the test, as Django's test client keeps it too.
    """
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(abandoned, "BEAT", 3600)

    def run():
        call_command(
            "db_worker", "--batch", "--no-startup-delay", interval=0, verbosity=0
        )

    return run
