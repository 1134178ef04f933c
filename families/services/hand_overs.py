"""Giving all families of a mediator who leaves, or one of them, to a successor."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Max, Prefetch
from django.utils import timezone
from django_tasks import task

from families.models import Family, FamilyAssignment, HandOver
from families.services import substitutions
from municipalities.models import Municipality
from municipalities.services import made_before
from privacy import audit


class NothingToHandOver(Exception):
    """The mediator has no family left in the municipality; perhaps all went just now."""


class HandedOn(Exception):
    """The successor has planned to give the families on; that has to be undone first."""


class TakenOnLater(Exception):
    """A family came to the mediator only after the last day. ``day`` is when."""

    def __init__(self, day):
        self.day = day
        super().__init__(f"{day:%Y-%m-%d}")


@transaction.atomic
def hand_over(plan, *, by):
    """Store the hand-over and give each family to the successor, from the day she begins.

    Access needs nothing to happen on that day: the assignments carry the dates, and
    next steps follow the family they are for. What names the mediator for the numbers,
    and steps about no family, move at once when the day has come, otherwise by a task
    that waits in the outbox. So no clock decides who sees what, and a worker that
    starts late makes at most a number late.
    """
    made = made_before(
        plan,
        HandOver.objects.editable_by(by),
        alike=["mediator_id", "successor_id", "last_day", "family_id"],
        lock=plan.municipality,
    )
    if made:
        return made
    # Of two people who hand over at the same moment, the second finds nothing left
    own = FamilyAssignment.objects.own_of(plan.mediator, plan.municipality)
    if plan.family_id:
        own = own.filter(family=plan.family_id)
    rows = list(own.filter(ends_on=None).order_by("-starts_on"))
    if not rows:
        raise NothingToHandOver
    if rows[0].starts_on > plan.last_day:
        raise TakenOnLater(rows[0].starts_on)
    plan.made_by = by
    plan.save(force_insert=True)
    for row in rows:
        _give(row, plan)
    if plan.family_id:
        substitutions.uncover(plan.family, plan.mediator, after=plan.last_day)
    else:
        substitutions.shorten(plan.mediator, plan.municipality, to=plan.last_day, by=by)
    audit.record(
        by,
        audit.Verb.CREATE,
        plan,
        mediator=plan.mediator_id,
        successor=plan.successor_id,
        families=len(rows),
    )
    if plan.is_coming:
        begins = datetime.combine(
            plan.starts_on, time(), timezone.get_current_timezone()
        )
        move_on_the_day.using(run_after=begins).enqueue(str(plan.pk))
    else:
        move(plan, by=by)
    return plan


@transaction.atomic
def take_back(plan, *, by):
    """The mediator stays: the families remain hers, as if nothing had been planned."""
    Municipality.objects.select_for_update(no_key=True).get(pk=plan.municipality_id)
    if plan.assignments.exclude(ends_on=None).exists():
        raise HandedOn
    families = list(plan.assignments.values_list("family", flat=True))
    audit.record(by, audit.Verb.DELETE, plan, families=len(families))
    plan.assignments.all().delete()
    own = FamilyAssignment.objects.own_of(plan.mediator, plan.municipality)
    own.filter(family__in=families, ends_on=plan.last_day).update(ends_on=None)
    plan.delete()


def families_of(plan, user):
    """Those the person sees today, with their open cases and steps; codes only."""
    cases, steps = (
        Family._meta.get_field(name).related_model.objects.visible_to(user).open()
        for name in ("cases", "next_steps")
    )
    families = (
        Family.objects.visible_to(user)
        .filter(assignments__hand_over=plan)
        .with_consent_state()
        .prefetch_related(
            Prefetch("cases", cases, to_attr="open_cases"),
            Prefetch("next_steps", steps.select_related("case"), to_attr="open_steps"),
        )
    )
    introduced = not_introduced(plan.successor)
    for family in families:
        family.is_introduced = family.pk not in introduced
    return families


def contacts_of(plan):
    """Institutions and posts of the last year, most often met first: whom to call next."""
    since = plan.last_day - timedelta(days=365)
    rows = plan.municipality.visits.filter(
        mediator=plan.mediator, institution__isnull=False, visited_on__gte=since
    )
    return (
        rows.order_by()
        .values("institution__name", "contact__post")
        .annotate(times=Count("pk"), last_on=Max("visited_on"))
        .order_by("-times", "institution__name", "contact__post")
    )


def give_new_families(rows, *, mediator, municipality):
    """Families taken on while a hand-over is planned go to the successor as well."""
    plans = (
        HandOver.objects.coming()
        .of_everything()
        .filter(mediator=mediator, municipality=municipality)
    )
    for plan in plans:
        for own in rows:
            _give(own, plan)


def _give(own, plan):
    own.ends_on = plan.last_day
    own.save(update_fields=["ends_on"])
    FamilyAssignment.objects.create(
        family_id=own.family_id,
        mediator=plan.successor,
        kind=FamilyAssignment.Kind.OWN,
        hand_over=plan,
        starts_on=plan.starts_on,
    )


@task()
def move_on_the_day(plan_id):
    """The successor's first day has come, unless the plan was taken back."""
    plan = HandOver.objects.filter(pk=plan_id).first()
    if plan:
        move(plan, by=None)


@transaction.atomic
def move(plan, *, by):
    """Open cases and open steps name the successor; a colleague who shares keeps hers.

    What was logged stays with who logged it. A second time moves nothing more.
    """
    moved = {"cases": 0, "steps": 0}
    for row in plan.assignments.current().select_related("family"):
        sharing = FamilyAssignment.objects.current().filter(
            family=row.family, kind=FamilyAssignment.Kind.SHARED
        )
        others = [plan.successor_id, *sharing.values_list("mediator", flat=True)]
        for name, rows in (
            ("cases", row.family.cases),
            ("steps", row.family.next_steps),
        ):
            open_rows = rows.open().exclude(mediator__in=others)
            moved[name] += open_rows.update(mediator=plan.successor)
    if plan.family_id is None:
        about_no_family = plan.mediator.next_steps.open().filter(
            municipality=plan.municipality, family=None
        )
        moved["steps"] += about_no_family.update(mediator=plan.successor)
    audit.record(by, audit.Verb.UPDATE, plan, **moved)


def not_introduced(mediator):
    """Families the mediator took over and that have not agreed to it: their ids."""
    own = FamilyAssignment.objects.own().current().filter(mediator=mediator)
    return set(own.not_introduced().values_list("family", flat=True))
