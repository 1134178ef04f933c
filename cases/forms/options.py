"""What a mediator may choose in the log form: own families and cases, known officials."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max, Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import words
from cases.forms.fields import NONE
from cases.forms.widgets import OTHER
from cases.models import Case, Kind, NextStep, Visit
from cases.services.recents import recent_contacts, recent_families
from families.models import Family
from families.words import why_only_stored
from interface.latvian import latvian_order
from mediators.models import Role
from municipalities.models import Institution, InstitutionContact, Term, Vocabulary

CHOSEN = {
    "family": "families",
    "case": "cases",
    "municipality": "municipalities",
    "contact": "contacts",
    "institution": "institutions",
    "new_institution_type": "types",
    "activity": "activities",
    "transport": "transports",
}
"""What the log form asks for by a code or an id, and where ``Options`` has its rows."""
VOCABULARIES = {
    "new_institution_type": Vocabulary.INSTITUTION_TYPE,
    "activity": Vocabulary.ACTIVITY,
    "transport": Vocabulary.TRANSPORT,
}
"""The lists of words that the form asks from."""
CODE = re.compile(r"[A-Za-z0-9-]{1,20}")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How codes and ids are sent; nothing else names a row."""


def _with_named(scope, pk):
    """The rows of a scope, and the one that an old entry names."""
    if pk is None:
        return scope
    return scope.model.objects.filter(Q(pk__in=scope.values("pk")) | Q(pk=pk))


@dataclass
class Options:
    """The rows of one person's scopes, each kind fetched once, when it is asked for.

    ``visit`` is the entry being corrected: what it names stays on the list even if
    it has been closed since. ``first`` is the family the form was opened for. ``sent``
    are answers, where nothing but what they name is looked up. ``is_new`` leaves out
    families that took their consent back: nothing new may be written about them.
    """

    mediator: object
    today: date
    visit: Visit | None = None
    first: Family | None = None
    sent: QueryDict | None = None
    is_new: bool = False

    def named_in(self, answers):
        """The same scopes, of which only what the answers name is looked up."""
        return replace(self, sent=answers)

    @cached_property
    def families(self):
        return {family.code: family for family in self._families()}

    @cached_property
    def cases(self):
        return {case.code: case for case in self._cases()}

    @cached_property
    def institutions(self):
        return {str(row.pk): row for row in self._institutions()}

    @cached_property
    def contacts(self):
        return {str(row.pk): row for row in self._contacts()}

    @cached_property
    def municipalities(self):
        return {place.slug: place for place in self._places()}

    @cached_property
    def types(self):
        terms = self._terms[Vocabulary.INSTITUTION_TYPE]
        return {code: term for code, term in terms.items() if term.is_valid(self.today)}

    @property
    def activities(self):
        """What ended while an entry waited on a phone was true when it was written."""
        return self._terms[Vocabulary.ACTIVITY]

    @property
    def transports(self):
        return self._terms[Vocabulary.TRANSPORT]

    @cached_property
    def _terms(self):
        found = {vocabulary: {} for vocabulary in VOCABULARIES.values()}
        asked = [
            vocabulary
            for name, vocabulary in VOCABULARIES.items()
            if self.sent is None or self.sent.get(name)
        ]
        if asked:
            for term in Term.objects.of(*asked):
                found[term.vocabulary][term.code] = term
        return found

    def _named(self, rows, name, key, pattern):
        """The rows whose keys were sent under a name, or under that of its long list."""
        given = self.sent.getlist(name) + self.sent.getlist(f"{name}_other")
        keys = [one for one in given if pattern.fullmatch(one)]
        return rows.filter(**{f"{key}__in": keys}) if keys else ()

    def why_refused(self, code):
        """Why a family of the person cannot be chosen now; None where it is not theirs."""
        return self.only_stored.get(code)

    @cached_property
    def only_stored(self):
        """Why some of the person's families cannot be chosen now, by code."""
        families = Family.objects.assigned_to(self.mediator).only_stored()
        return {family.code: why_only_stored(family) for family in families}

    def was_appointed(self, municipality, day):
        """Whether the person was a mediator of the municipality on that day."""
        return any(
            row.role == Role.MEDIATOR
            and row.municipality_id == municipality.pk
            and row.holds_on(day)
            for row in self.mediator.all_appointments
        )

    def _families(self):
        visible = Family.objects.visible_to(self.mediator).open()
        if self.sent is not None:
            rows = visible.select_related("municipality").prefetch_related("consents")
            return self._named(rows, "family", "code", CODE)
        if self.is_new:
            visible = visible.not_withdrawn()
        named = self.visit.visit_families.first() if self.visit else None
        rows = _with_named(visible, named.family_id if named else None)
        rows = rows.annotate(last_on=Max("visits__visited_on"))
        return sorted(rows, key=lambda family: latvian_order(family.name))

    @cached_property
    def _due(self):
        """Own steps about a family that are to be done today or before, in order."""
        steps = NextStep.objects.visible_to(self.mediator).open()
        steps = steps.filter(family__isnull=False, due_on__lte=self.today).by_time()
        return list(steps.only("family", "due_on", "due_at"))

    def _cases(self):
        """Of the families on the list; the one used last comes first: the likeliest."""
        visible = Case.objects.visible_to(self.mediator).open()
        if self.sent is not None:
            return self._named(visible, "case", "code", CODE)
        families = {family.pk: family for family in self.families.values()}
        rows = _with_named(visible, self.visit.case_id if self.visit else None)
        rows = rows.annotate(last_on=Max("visits__visited_on"))
        cases = [case for case in rows if case.family_id in families]
        for case in cases:
            case.family = families[case.family_id]
        return sorted(
            cases,
            key=lambda case: (case.last_on or date.min, case.opened_on),
            reverse=True,
        )

    def _institutions(self):
        visible = Institution.objects.visible_to(self.mediator).active()
        if self.sent is not None:
            return self._named(visible, "institution", "pk", ID)
        rows = _with_named(visible, self.visit.institution_id if self.visit else None)
        rows = rows.select_related("type")
        return sorted(rows, key=lambda institution: latvian_order(institution.name))

    def _contacts(self):
        visible = InstitutionContact.objects.visible_to(self.mediator).active()
        if self.sent is not None:
            rows = visible.select_related("institution")
            return self._named(rows, "contact", "pk", ID)
        rows = _with_named(visible, self.visit.contact_id if self.visit else None)
        return sorted(
            rows.select_related("institution"),
            key=lambda contact: (
                latvian_order(contact.institution.name),
                latvian_order(contact.name),
            ),
        )

    def _places(self):
        return self.mediator.places_as(Role.MEDIATOR)

    # Choices and second lines of the widgets

    def family_tiles(self):
        """The likeliest families, then “without a family”: choices and hints."""
        families = self.families.values()
        recents = recent_families(self.mediator, families, self._due, self.today)
        if self.first and self.first.code in self.families:
            recents = [pair for pair in recents if pair[0] != self.first]
            recents = [(self.first, self.first.code), *recents[:2]]
        choices = [(family.code, family.name) for family, _hint in recents]
        hints = {family.code: hint for family, hint in recents}
        choices += [(NONE, _("No family")), (OTHER, _("Another family"))]
        hints |= {NONE: _("institution, event")}
        return choices, hints

    def family_select(self):
        choices = [("", _("Not chosen"))]
        choices += [
            (code, family.name_and_code) for code, family in self.families.items()
        ]
        order = self._by_likelihood
        counted = Counter(case.family_id for case in self.cases.values())
        described = {
            code: {
                "title": family.name,
                "hint": self._about(family, counted[family.pk]),
                "order": order[code],
            }
            for code, family in self.families.items()
        }
        return choices, described

    @property
    def _by_likelihood(self):
        """What is due comes first, then the family met last; else the list stays."""
        due = {step.family_id for step in self._due}

        def likelihood(code):
            family = self.families[code]
            return family.pk not in due, -(family.last_on or date.min).toordinal()

        likely = sorted(self.families, key=likelihood)
        return {code: place for place, code in enumerate(likely)}

    def _about(self, family, count):
        """“UPC-009, 2 cases, yesterday”."""
        parts = [family.code] if family.name != family.code else []
        if count:
            parts.append(
                ngettext("%(count)d case", "%(count)d cases", count) % {"count": count}
            )
        if family.last_on:
            parts.append(words.past(family.last_on, self.today))
        return ", ".join(parts)

    def case_select(self):
        choices = [("", _("Not chosen"))]
        choices += [
            (code, f"{case.family.name} · {case.title}")
            for code, case in self.cases.items()
        ]
        described = {
            code: {
                "title": case.title,
                "family": case.family.code,
                "area": case.area,
            }
            for code, case in self.cases.items()
        }
        return [*choices, (NONE, _("No case"))], described

    def activity_select(self):
        """What can be done in each kind of contact, and in any of them."""
        groups = [(kind.label, f"{kind.value}_".upper()) for kind in Kind]
        groups.append((_("In any contact"), "ANY_"))
        listed = [
            (
                label,
                [
                    (code, str(term))
                    for code, term in self.activities.items()
                    if code.startswith(prefix) and not term.has_ended(self.today)
                ],
            )
            for label, prefix in groups
        ]
        return [("", _("Not chosen")), *(group for group in listed if group[1])]

    def transport_select(self):
        offered = [
            (code, str(term))
            for code, term in self.transports.items()
            if not term.has_ended(self.today)
        ]
        return [("", _("Not chosen")), *offered]

    @cached_property
    def _recent_contacts(self):
        return recent_contacts(self.mediator, self.contacts.values())

    def contact_tiles(self):
        """The officials met last: choices, hints, and what they were met about."""
        recents = self._recent_contacts
        choices = [(str(contact.pk), contact.name) for contact, *_rest in recents]
        hints = {str(contact.pk): contact.about for contact, *_rest in recents}
        codes = {case.pk: code for code, case in self.cases.items()}
        described = {
            str(contact.pk): {
                "cases": " ".join(sorted(codes[pk] for pk in cases if pk in codes)),
                "areas": " ".join(sorted(areas)),
            }
            for contact, cases, areas in recents
        }
        choices += [
            (NONE, _("I do not know with whom I spoke")),
            (OTHER, _("Another person")),
        ]
        return choices, hints, described

    def contact_select(self):
        recents = [str(contact.pk) for contact, *_rest in self._recent_contacts]
        likely = [*recents, *(key for key in self.contacts if key not in recents)]
        order = {key: place for place, key in enumerate(likely)}
        choices, described = [("", _("Not chosen"))], {}
        for key, contact in self.contacts.items():
            choices.append((key, f"{contact.name}, {contact.about}"))
            described[key] = {
                "title": contact.name,
                "hint": contact.about,
                "order": order[key],
            }
        return choices, described

    def institution_select(self):
        choices = [("", _("Not chosen"))]
        choices += [(key, row.name) for key, row in self.institutions.items()]
        described = {
            key: {"title": row.name, "hint": str(_("institution"))}
            for key, row in self.institutions.items()
        }
        return choices, described


class NoOptions(Options):
    """For the form that a phone keeps: nothing of anybody, only the kinds of institutions.

    What there is to choose is filled in by the phone, from its sealed copy.
    """

    def _families(self):
        return []

    _cases = _institutions = _contacts = _places = _families
    _recent_contacts = _due = ()
    only_stored = {}

    def family_tiles(self):
        choices = [(NONE, _("No family")), (OTHER, _("Another family"))]
        return choices, {NONE: _("institution, event")}

    def contact_tiles(self):
        choices = [
            (NONE, _("I do not know with whom I spoke")),
            (OTHER, _("Another person")),
        ]
        return choices, {}, {}
