import pytest
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection

from privacy.mode import refuse_wrong_mode
from privacy.models import Installation, WrongInstallation

pytestmark = pytest.mark.django_db


def problems():
    found = run_checks(tags=[Tags.database], databases=["default"])
    return [problem for problem in found if problem.id.startswith("privacy.")]


def test_a_database_that_nobody_marked_fits_both_modes(settings):
    assert Installation.is_demo_database() is None
    for settings.DEMO in (True, False):
        refuse_wrong_mode()
        assert problems() == []


@pytest.mark.parametrize("demo", [True, False])
def test_a_marked_database_fits_its_own_mode(settings, demo):
    Installation.objects.mark(demo=demo)
    settings.DEMO = demo

    refuse_wrong_mode()

    assert Installation.is_demo_database() is demo
    assert str(Installation.objects.get()) == ("demo" if demo else "real")
    assert problems() == []


@pytest.mark.parametrize(
    ("demo", "message"), [(True, "holds demo data"), (False, "holds real data")]
)
def test_a_marked_database_refuses_the_other_mode(settings, demo, message):
    Installation.objects.mark(demo=demo)
    settings.DEMO = not demo

    with pytest.raises(ImproperlyConfigured, match=message):
        refuse_wrong_mode()

    [problem] = problems()
    assert problem.id == "privacy.E003"
    assert message in problem.msg


def test_a_database_before_its_first_migration_fits_both_modes(settings):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE privacy_installation")

    for settings.DEMO in (True, False):
        refuse_wrong_mode()


def test_a_check_without_database_asks_nothing(settings, django_assert_num_queries):
    with django_assert_num_queries(0):
        run_checks(tags=[Tags.database])


@pytest.mark.parametrize("demo", [True, False])
def test_a_mark_is_never_turned_into_its_opposite(demo):
    Installation.objects.mark(demo=demo)
    Installation.objects.mark(demo=demo)

    with pytest.raises(WrongInstallation):
        Installation.objects.mark(demo=not demo)

    assert Installation.is_demo_database() is demo


def test_there_is_one_mark_only():
    with pytest.raises(IntegrityError):
        Installation.objects.create(pk=2, is_demo=True)
