"""Looking through all families of a mediator, perhaps thousands, for those to show.

Their names are encrypted, so every one is opened. Few columns are read of all of them,
and the rest of those alone that a page shows.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from families.hidden_names import unless_hidden
from families.models import Family
from interface.latvian import latvian_order
from privacy.fold import ranked

LABEL, TOWN_PART = (Family._meta.get_field(name) for name in ("label", "town_part"))
COLUMNS = (
    *("pk", "code", "label", "town_part", "closed_on", "restricted_on"),
    *("last_contact", "is_due"),
)


@dataclass(frozen=True)
class Found:
    """Keys of the families that fit, the best first; codes of those only stored.

    ``last_contacts`` are told of every family: the log of ten years is read once.
    """

    families: list[UUID]
    only_stored: list[str]
    last_contacts: dict[UUID, date | None]


def find(user, query, *, to_ask=False):
    """The families that fit the query, in any spelling, the best first; with ``to_ask``
    of those alone that are to be asked for consent.

    Among equally good ones open families come first, then those with something due
    if somebody is looked for, then the latest contact, then the name.
    """
    steps = user.next_steps.visible_to(user).open()
    due = steps.filter(family=OuterRef("pk"), due_on__lte=timezone.localdate())
    families = Family.objects.assigned_to(user)
    if to_ask:
        families = families.in_use().to_ask(timezone.localdate())
    assigned = (
        families.with_last_contact()
        .annotate(is_due=Exists(due))
        .values_list(*COLUMNS, named=True)
    )
    rows = [row for row in assigned if not row.restricted_on]
    labels = {row.pk: LABEL.opened(row.label, row.pk) for row in rows}

    def texts_of(row):
        return labels[row.pk], row.code, TOWN_PART.opened(row.town_part, row.pk)

    def order(fitting):
        place, row = fitting
        return (
            place,
            row.closed_on is not None,
            bool(query) and not row.is_due,
            -row.last_contact.toordinal() if row.last_contact else 0,
            latvian_order(unless_hidden(labels[row.pk], row.code)),
        )

    fitting = ranked(query, rows, texts_of) if query else [(0, row) for row in rows]
    return Found(
        [row.pk for _place, row in sorted(fitting, key=order)],
        [row.code for row in assigned if row.restricted_on],
        {row.pk: row.last_contact for row in rows},
    )


def in_order(keys, families):
    """The families of these keys, in their order; what is gone meanwhile is left out."""
    found = families.in_bulk(list(keys))
    return [found[key] for key in keys if key in found]
