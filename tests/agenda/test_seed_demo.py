"""Loading the demo: repeatable, scalable, and never beside real data."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from mediators.models import Role, User
from municipalities.models import Municipality
from privacy.models import Installation
from tests.agenda.demo import NOON, load_log
from tests.factories import FamilyFactory, UserFactory


@pytest.mark.slow
def test_scale_multiplies_mediators_families_and_entries_and_seed_changes_them(
    db, time_machine
):
    time_machine.move_to(NOON)
    one, two = load_log(), load_log(seed=2, scale=2)

    assert one.digest != two.digest
    with_two_who_left = 10 + 2
    assert two.roles[Role.MEDIATOR] == with_two_who_left
    assert two.roles[Role.COORDINATOR] == 4
    assert (one.families, two.families) == (62, 124)
    assert 1.8 < two.entries / one.entries < 2.2


def test_without_demo_mode_nothing_is_loaded(db):
    with pytest.raises(CommandError, match="DEMO=true"):
        call_command("seed_demo")

    assert not User.objects.exists()


@pytest.mark.parametrize("what", ["the mark", "an account", "a family"])
def test_a_database_with_real_data_is_refused(db, settings, what):
    settings.DEMO = True
    if what == "the mark":
        Installation.objects.mark(demo=False)
    elif what == "a family":
        FamilyFactory()
    else:
        UserFactory()
    before = Municipality.objects.count()

    with pytest.raises(CommandError, match="real data"):
        call_command("seed_demo")

    assert Municipality.objects.count() == before


def test_the_demo_does_not_end_in_the_future(db, settings, time_machine):
    settings.DEMO = True
    time_machine.move_to(NOON)

    with pytest.raises(CommandError, match="future"):
        call_command("seed_demo", until=date(2026, 11, 23))
