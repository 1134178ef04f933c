"""More of everything that stands in the database, as years of work would leave it.

A row gets another one beside it, of the same parents; and whatever belongs to a row is
made anew for the one beside it. So every list grows, and every list within a list, also
of models that do not exist yet. What may not be twice is changed as little as it takes.
"""

import re
import uuid
from collections import defaultdict
from datetime import date, timedelta
from hashlib import sha256

from django.apps import apps
from django.db import IntegrityError, models, transaction

from mediators.models import Appointment, User
from municipalities.models import Counter, Municipality, Region, Term

OURS = {
    "cases", "data_protection", "evaluation", "events", "families", "imports",
    "mediators", "municipalities", "reports", "stories",
}  # fmt: skip
SHARED = {Region, Municipality, User, Term}
"""Whose belongings stay where they are: nobody moves, and words are everybody's."""
NOT_TWICE = {
    # A number for each kind of code; nobody works in the same post twice at a time
    Counter,
    Appointment,
}


def tables():
    """Our models, with those between two of them."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS and model not in NOT_TWICE
    ]


def parents_first():
    """The tables in an order in which a row comes after all that it needs."""
    ready, waiting = [], tables()
    while waiting:
        free = [model for model in waiting if not needed_by(model) & {*waiting}]
        ready += free
        waiting = [model for model in waiting if model not in free]
    return ready


def needed_by(model):
    return {
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation
    } - {model}


def everything():
    """All rows that stand there now, those first to which others belong."""
    return [row for model in parents_first() for row in model.objects.order_by("pk")]


def one_more_of_each(rows):
    """Grow what ``everything()`` gave before: each row, and what belongs to it."""
    order = {model: number for number, model in enumerate(parents_first())}
    made = defaultdict(list)
    for row in rows:
        owner = _owner(row, order)
        parents = made[owner and (owner.related_model, getattr(row, owner.attname))]
        copies = [_like(row, **{owner.attname: parent.pk}) for parent in parents]
        for copy in [*copies, _like(row)]:
            if _made_unlike(copy) and _finds_room(copy):
                made[type(row), row.pk].append(copy)


def _owner(row, order):
    """The relation to what the row belongs to most closely."""
    relations = [
        field
        for field in row._meta.concrete_fields
        if field.is_relation
        and field.related_model in order
        and field.related_model not in SHARED | {type(row)}
        and getattr(row, field.attname) is not None
    ]
    return max(relations, key=lambda one: order[one.related_model], default=None)


def _like(row, **changes):
    """A row with another key and the same facts, not saved yet."""
    copy = type(row)()
    for field in row._meta.concrete_fields:
        if not _is_made_anew(field):
            setattr(copy, field.attname, getattr(row, field.attname))
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def _is_made_anew(field):
    """A key by itself, not one that says whose the row is."""
    return field.primary_key and (
        field.has_default() or isinstance(field, models.AutoField)
    )


def _made_unlike(copy):
    """Change what may not be twice; False where there is nothing that is not there yet."""
    return all(
        not _is_there(copy, fields) or _vary(copy, fields)
        for fields in _what_may_not_be_twice(type(copy))
    )


def _finds_room(copy):
    """Save it, unless the database has room for so many only, as for the goals of a case."""
    try:
        with transaction.atomic():
            copy.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _what_may_not_be_twice(model):
    names = [
        [field.name]
        for field in model._meta.concrete_fields
        if field.unique and not _is_made_anew(field)
    ]
    names += model._meta.unique_together
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            names.append(constraint.fields)
    return [[model._meta.get_field(name) for name in group] for group in names]


def _is_there(copy, fields):
    facts = {field.attname: getattr(copy, field.attname) for field in fields}
    if None in facts.values():
        return False
    return type(copy).objects.filter(**facts).exists()


def _vary(copy, fields):
    for field in sorted(fields, key=lambda one: one.is_relation or bool(one.choices)):
        before = getattr(copy, field.attname)
        for value in _others(field, before):
            setattr(copy, field.attname, value)
            if not _is_there(copy, fields):
                return True
        setattr(copy, field.attname, before)
    return False


def _others(field, value):
    """Values that could stand there instead."""
    if field.is_relation:
        return field.related_model.objects.order_by("-pk").values_list("pk", flat=True)
    if field.choices:
        return [choice for choice, _label in field.flatchoices]
    if isinstance(field, models.UUIDField):
        return [uuid.uuid4()]
    if isinstance(value, date):
        return _days_before(value, in_months=field.name == "month")
    if isinstance(value, int):
        return range(value + 1, value + 1000)
    if field.name.endswith("_sha256"):
        return [sha256(uuid.uuid4().bytes).hexdigest()]
    return _texts_like(value)


def _days_before(day, *, in_months):
    for number in range(1, 100):
        if in_months:
            day = (day - timedelta(days=1)).replace(day=1)
            yield day
        else:
            yield day - timedelta(days=number)


def _texts_like(text):
    """Of the same length where it ends in a number, as the codes of things do."""
    head, digits, tail = re.fullmatch(r"(.*?)(\d{3,})?(\D*)", text, re.DOTALL).groups()
    if digits is None:
        return (f"{text}{number}" for number in range(1, 1000))
    return (
        f"{head}{number % 10 ** len(digits):0{len(digits)}}{tail}"
        for number in range(int(digits) + 400, int(digits) + 1000)
    )
