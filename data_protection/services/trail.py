"""Rows of the audit for the data-protection officer: who, when, what, to which code."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter

from django.apps import apps
from django.db.models import Count, TextField
from django.db.models.functions import Cast, Substr
from django.urls import get_resolver
from django.utils import timezone
from django.utils.translation import gettext as _

from families.models import Family, FamilyMember
from families.services import looks
from families.services.belongings import ids_about
from interface.latvian import full_date
from mediators.models import Appointment, Role, User
from privacy.audit import Verb
from privacy.models import AuditEntry
from reports.models import ApiToken

ROLES = dict(Role.choices)
FAMILY = Family._meta.label_lower


@dataclass(frozen=True)
class Row:
    """One entry in words. Names are those of accounts, never of families."""

    seq: int
    at: datetime
    who: str
    role: str
    deed: str
    what: str
    code: str
    why: str
    also: str
    is_reveal: bool


def entries_by_code(code, by):
    """Entries about the family with a code and what belongs to it, and the family.

    One that was erased keeps its row. A family whose row is gone, as of a list that was
    taken back, is known by the entry of the day it was taken on.
    """
    family = Family.objects.overseen_by(by).filter(code=code).first()
    ids = ids_about(family) if family else _ids_of_gone(code)
    return (looks.entries_with(ids) if ids else AuditEntry.objects.none()), family


def entries_of(person):
    """All that an account did."""
    return AuditEntry.objects.filter(actor=person.pk)


def taken_on(code):
    """Entries by which a family with this code was made; ``audit_of_new_families``."""
    made = AuditEntry.objects.filter(verb=Verb.CREATE, object_type=FAMILY)
    # In no order: the way to the first one by number leads through the whole audit
    return made.filter(detail__code=code).order_by()


def _ids_of_gone(code):
    made = min(taken_on(code), key=attrgetter("seq"), default=None)
    if made is None:
        return {}
    member = FamilyMember._meta.label_lower
    people = AuditEntry.objects.filter(
        verb=Verb.CREATE, object_type=member, detail__family=made.object_id
    )
    found = people.values_list("object_id", flat=True)
    return {FAMILY: [made.object_id], member: list(found)}


def in_words(entries):
    """Rows for the entries of one page; accounts, roles and codes are fetched at once."""
    entries = list(entries)
    people = User.objects.in_bulk({entry.actor for entry in entries})
    appointments = appointments_of(people)
    codes = _codes_of(entries)
    tokens, accounts = _tokens_of(entries), _accounts_in(entries)
    return [
        Row(
            seq=entry.seq,
            at=entry.at,
            who=_name(people.get(entry.actor), entry),
            role=_role(appointments[entry.actor], entry.at),
            deed=looks.deed_of(entry),
            what=_what(entry),
            code=codes.get((entry.object_type, entry.object_id))
            or entry.detail.get("code")
            or entry.detail.get("object", ""),
            why=looks.why_in(entry),
            also=_also(entry, tokens, accounts),
            is_reveal=entry.verb == Verb.REVEAL,
        )
        for entry in entries
    ]


def _name(person, entry):
    if person:
        return person.full_name
    return _("account that is gone") if entry.actor else _("the system, or a link")


def _what(entry):
    if entry.verb in (Verb.READ, Verb.REVEAL):
        return looks.what_in(entry)
    return looks.kind_of(entry)


def _also(entry, tokens, accounts):
    """What else tells one deed from the next: the address, the days, the program's token."""
    detail = entry.detail
    days = [detail[end] for end in ("first", "last") if detail.get(end)]
    return ", ".join(
        filter(
            None,
            [
                _address(detail.get("view", "")),
                tokens.get(entry.object_id, ""),
                str(ROLES.get(detail.get("role"), "")),
                accounts.get(detail.get("account"), ""),
                detail.get("period", ""),
                _("Command line") if detail.get("by") == "command" else "",
                "–".join(full_date(date.fromisoformat(day)) for day in days),
            ],
        )
    )


def _address(view):
    """The address of a view by its name; what stood in its places is not told.

    Empty for a view that is no more: the audit remembers it.
    """
    namespace, _colon, name = view.rpartition(":")
    before, inside = get_resolver().namespace_dict.get(namespace, ("", None))
    known = inside and inside.reverse_dict.get(name)
    if not known:
        return ""
    [(address, _arguments), *_others] = known[0]
    return f"/{before}{address.replace('%(', '<').replace(')s', '>')}"


def _tokens_of(entries):
    """Names of the tokens of programs among the objects of entries."""
    label = ApiToken._meta.label_lower
    ids = {entry.object_id for entry in entries if entry.object_type == label}
    tokens = ApiToken.objects.filter(pk__in=ids) if ids else ()
    return {str(token.pk): token.name for token in tokens}


def _accounts_in(entries):
    """Full names of the accounts that entries are about, by id as the audit keeps it."""
    ids = {entry.detail["account"] for entry in entries if "account" in entry.detail}
    people = User.objects.in_bulk(ids) if ids else {}
    return {str(pk): person.full_name for pk, person in people.items()}


def appointments_of(people):
    """``{id of an account: its appointments}``, by one query for all of them."""
    found = defaultdict(list)
    for row in Appointment.objects.filter(user__in=people).order_by("starts_on"):
        found[row.user_id].append(row)
    return found


def roles_on(day, appointments):
    """Names of the roles that a person held on a day, one for each appointment."""
    return [
        row.get_role_display()
        for row in appointments
        if row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
    ]


def _role(appointments, at):
    """The roles that the person held on the day of the deed."""
    return ", ".join(dict.fromkeys(roles_on(timezone.localdate(at), appointments)))


def _codes_of(entries):
    """``{(kind, id): code}`` of the rows that have a code; one query for each kind."""
    ids = defaultdict(set)
    for entry in entries:
        if entry.object_id:
            ids[entry.object_type].add(entry.object_id)
    codes = {}
    for kind, found in ids.items():
        path = _path_to_code(kind)
        if path:
            rows = apps.get_model(kind)._base_manager.filter(pk__in=found)
            codes |= {
                (kind, str(pk)): code for pk, code in rows.values_list("pk", path)
            }
    return codes


def _path_to_code(kind):
    """Where the code of a row stands: in itself, in its family or in its case."""
    try:
        fields = {field.name for field in apps.get_model(kind)._meta.fields}
    except LookupError:
        return ""
    if "code" in fields:
        return "code"
    return next((f"{one}__code" for one in ("family", "case") if one in fields), "")


@dataclass(frozen=True)
class Counts:
    """How much one account did in a period, by deed and by day in Riga."""

    by_deed: list
    by_day: list
    total: int


def counts_of(entries):
    """One query, grouped by the hour in UTC, which every offset of Riga divides."""
    hour = Substr(Cast("at", TextField()), 1, 13)
    groups = entries.order_by().values("verb", hour=hour).annotate(count=Count("pk"))
    deeds, days = Counter(), Counter()
    for group in groups:
        deeds[group["verb"]] += group["count"]
        days[day_of(group["hour"])] += group["count"]
    words = dict(Verb.choices)
    return Counts(
        by_deed=[(verb, words.get(verb, verb), n) for verb, n in deeds.most_common()],
        by_day=sorted(days.items(), reverse=True),
        total=deeds.total(),
    )


def moment_of(hour):
    """“2026-11-26 09” of the database, which keeps UTC."""
    return datetime.fromisoformat(hour.replace(" ", "T")).replace(tzinfo=UTC)


def day_of(hour):
    return timezone.localdate(moment_of(hour))
