"""The log form: five answers by a tap, everything else if there is something to say."""

import uuid
from dataclasses import fields
from datetime import timedelta

from django import forms
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.forms import partners, suggestions
from cases.forms.fields import NONE
from cases.forms.options import CHOSEN, Options
from cases.forms.visit_fields import VisitFields
from cases.forms.widgets import OTHER
from cases.models import Kind, NextStep, Visit
from cases.models.choices import NO_TRANSPORT
from cases.services.visits import Entry
from families import words
from interface.latvian import duration, month_genitive
from interface.two_windows import NothingOverwritten

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
DURATIONS = (15, 30, 45, 60, 90, 120)
MAX_AREAS = 3
PEOPLE_FIELDS = ("children", "youth", "adults")
PARTNER_FIELDS = ("contact", "institution", "new_institution_name", "new_contact_name")
AROUND_THE_ANSWERS = {
    *("csrfmiddlewaretoken", "client_uuid", "another", "person"),
    *("confirm_duplicate", "confirm_partner"),
}
"""What is sent with an entry and does not belong to its words."""
DERIVED = {
    *("family", "municipality", "without", "case", "has_no_case", "contact"),
    *("institution", "areas", *PEOPLE_FIELDS),
}
"""Parts of an entry that are more than the answer to one question."""


class VisitForm(NothingOverwritten, VisitFields):
    """One entry, told by one mediator; ``options`` says what there is to choose.

    Of a new entry that is sent only what it names is looked up. Before such a form is
    shown again, it has to ``offer`` everything.
    """

    # Said here and, before an entry is kept on a phone, there (cases/forms/rules.py)
    TOO_MANY_AREAS = _("Choose at most 3 areas")
    IN_THE_FUTURE = _("The date cannot be in the future")
    IN_THE_PAST = _("The next step cannot be in the past")
    NOT_APPOINTED = _("You were not a mediator here on that day. Choose another date.")
    MUNICIPALITY_IS_MISSING = VisitFields.base_fields["municipality"].error_messages[
        "required"
    ]
    INSTITUTION_IS_MISSING = _("Say which institution you met with")
    PEOPLE_ARE_MISSING = _("Say how many people there were")
    TOO_LONG = _("Interpreting cannot take longer than the contact itself.")
    DAY_IS_MISSING = _("Choose the day of the next step")
    SIMILAR_TODAY = _("There is a similar entry today already. Save one more?")
    SIMILAR_ON_ANOTHER_DAY = _("There is a similar entry already. Save one more?")

    def __init__(self, data=None, *args, options: Options, **kwargs):
        self.options = options
        super().__init__(partners.with_known(data), *args, **kwargs)
        self.similar_institutions, self.similar_people = [], []
        self.today = options.today
        self._take(self._known)
        if self._known is options:
            self.offer()
            self._forget_what_is_gone()
        if options.visit:
            del self.fields["client_uuid"], self.fields["confirm_duplicate"]
        if len(options.municipalities) < 2:
            del self.fields["municipality"]

    @property
    def _known(self):
        """What is looked up for checking the answers."""
        is_sent = self.is_bound and not self.is_edit
        return self.options.named_in(self.data) if is_sent else self.options

    def _take(self, known):
        for name, rows in CHOSEN.items():
            self.fields[name].objects = getattr(known, rows)
        self.fields["family"].why_refused = known.why_refused

    def offer(self):
        """Put everything there is to choose before whoever reads the form."""
        self._offer_whom()
        self._offer_partners()
        self._offer_terms()
        self.fields["visited_on"].widget.chips.choices = [
            (self.today.isoformat(), _("Today")),
            ((self.today - DAY).isoformat(), _("Yesterday")),
            (OTHER, _("Another day")),
        ]
        self.fields["minutes"].widget.chips.choices = [
            *((minutes, duration(minutes)) for minutes in DURATIONS),
            (OTHER, pgettext_lazy("duration", "Other")),
        ]
        self.fields["next_step_on"].widget.chips.choices = [
            (NONE, _("Nothing")),
            ((self.today + DAY).isoformat(), _("Tomorrow")),
            ((self.today + WEEK).isoformat(), _("In a week")),
            (OTHER, pgettext_lazy("another day", "Choose")),
        ]

    @property
    def is_edit(self):
        return self.options.visit is not None

    def _offer_whom(self):
        options, family = self.options, self.fields["family"].widget
        select, case = family.inputs["other"][1], self.fields["case"].widget
        family.chips.choices, family.chips.hints = options.family_tiles()
        select.choices, select.described = options.family_select()
        case.choices, case.described = options.case_select()
        if "municipality" in self.fields:
            self.fields["municipality"].widget.choices = [
                (slug, str(place)) for slug, place in options.municipalities.items()
            ]

    def _offer_partners(self):
        options, contact = self.options, self.fields["contact"].widget
        select = contact.inputs["other"][1]
        chips, institution = contact.chips, self.fields["institution"].widget
        chips.choices, chips.hints, chips.described = options.contact_tiles()
        select.choices, select.described = options.contact_select()
        institution.choices, institution.described = options.institution_select()

    def _offer_terms(self):
        options, asked = self.options, self.fields
        asked["activity"].widget.choices = options.activity_select()
        asked["transport"].widget.choices = options.transport_select()
        asked["new_institution_type"].widget.choices = [
            ("", _("Not chosen")),
            *((code, str(term)) for code, term in options.types.items()),
        ]

    def _forget_what_is_gone(self):
        """Prefilled answers that can no longer be chosen are no answers."""
        for name in CHOSEN:
            if self.initial.get(name) not in {None, NONE, *self.fields[name].objects}:
                del self.initial[name]

    @cached_property
    def sent_number(self):
        """The id that the entry was sent with, or None."""
        try:
            return uuid.UUID(self.data.get("client_uuid", ""))
        except ValueError:
            return None

    @cached_property
    def number(self):
        """The id of this entry: the one it was sent with, or a new one."""
        return self.sent_number or uuid.uuid4()

    @property
    def answers(self):
        """What was sent, as pairs of name and text, whether it makes sense or not."""
        return [
            (name, value.replace("\r\n", "\n"))
            for name, values in self.data.lists()
            for value in values
            if value and name not in AROUND_THE_ANSWERS
        ]

    @property
    def people(self):
        """The three counts, for the page."""
        return [self[name] for name in PEOPLE_FIELDS]

    def clean_fulfils(self):
        """An own step, or nothing: a stale or foreign one is no reason to stop."""
        try:
            pk = uuid.UUID(self.cleaned_data["fulfils"])
        except (ValueError, TypeError):
            return None
        return NextStep.objects.visible_to(self.options.mediator).filter(pk=pk).first()

    def clean_areas(self):
        areas = list(dict.fromkeys(self.cleaned_data["areas"]))
        if len(areas) > MAX_AREAS:
            raise forms.ValidationError(self.TOO_MANY_AREAS, code="too_many")
        return areas

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if day > self.today:
            raise forms.ValidationError(self.IN_THE_FUTURE, code="future")
        return day

    def clean_next_step_on(self):
        day = self.cleaned_data["next_step_on"]
        if day and day < self.today and str(day) != self.initial.get("next_step_on"):
            raise forms.ValidationError(self.IN_THE_PAST, code="past")
        return day

    def clean(self):
        data = super().clean()
        self._check_consent(data)
        self._check_case(data)
        self._check_place(data)
        self._check_appointment(data)
        self._check_partner(data)
        self._ask_about_similar_partners(data)
        self._check_people(data)
        self._check_interpreting(data)
        self._check_way(data)
        self._check_next_step(data)
        return data

    def _check_consent(self, data):
        """No new entry names a family that has withdrawn its consent.

        What named it before may be corrected, and what was stored already is
        answered with what was stored.
        """
        family, visit = data.get("family"), self.options.visit
        if family in (None, NONE):
            return
        reason = words.why_no_entry(family)
        if not reason:
            return
        if visit:
            named = visit.families.contains(family)
        else:
            own = Visit.objects.logged_by(self.options.mediator)
            named = own.filter(client_uuid=data.get("client_uuid")).exists()
        if not named:
            self.add_error("family", forms.ValidationError(reason, code="consent"))

    def _check_case(self, data):
        case, family = data.get("case"), data.get("family")
        if case in (None, NONE) or family is None:
            return
        if family == NONE or case.family_id != family.pk:
            self.add_error("case", _("Choose a case of this family"))

    def _check_place(self, data):
        if data.get("family") != NONE or "municipality" not in self.fields:
            return
        if not data.get("municipality") and "municipality" not in self.errors:
            self._miss("municipality", self.MUNICIPALITY_IS_MISSING)

    def _check_appointment(self, data):
        """Only days of an appointment: no report would count another one."""
        day, family = data.get("visited_on"), data.get("family")
        if not (day and family) or "municipality" in self.errors:
            return
        family = None if family == NONE else family
        place = self._place_of(family, data.get("municipality"))
        if not self.options.was_appointed(place, day):
            self.add_error(
                "visited_on",
                forms.ValidationError(self.NOT_APPOINTED, code="appointment"),
            )

    def _check_partner(self, data):
        contact, institution = data.get("contact"), data.get("institution")
        person = contact if contact != NONE else None
        if person and institution and person.institution_id != institution.pk:
            self.add_error("institution", _("This person works elsewhere"))
        new_name = data.get("new_institution_name")
        if person and new_name and new_name != person.institution.name:
            self.add_error("new_institution_name", _("This person works elsewhere"))
        is_known = person or institution or new_name
        is_needed = data.get("kind") and Kind(data["kind"]).needs_institution
        is_needed = is_needed or data.get("new_contact_name")
        if is_needed and not is_known and not self._has_error_in_partner():
            self._miss("institution", self.INSTITUTION_IS_MISSING)

    def _ask_about_similar_partners(self, data):
        """Once, before they are added; a script asks while they are typed."""
        family, options = data.get("family"), self.options
        names = data.get("new_institution_name"), data.get("new_contact_name")
        if data["confirm_partner"] or not family or not any(names):
            return
        if self._has_error_in_partner() or "municipality" in self.errors:
            return
        family = None if family == NONE else family
        place = self._place_of(family, data.get("municipality"))
        self.similar_institutions = partners.similar_institutions(
            names[0], options, place
        )
        self.similar_people = partners.similar_people(names[1], options, place)
        if self.similar_institutions:
            self.add_error("new_institution_name", partners.perhaps_known())
        if self.similar_people:
            self.add_error("new_contact_name", partners.perhaps_known())

    def _has_error_in_partner(self):
        return not self.errors.keys().isdisjoint(PARTNER_FIELDS)

    def _check_interpreting(self, data):
        """Not longer than the contact; nobody means what is no longer shown."""
        name = "interpreted_minutes"
        kind, minutes = data.get("kind"), data.get("minutes")
        if not (kind and Kind(kind).may_be_interpreted and data.get("interpreting")):
            self.errors.pop(name, None)
            data |= {"interpreting": "", name: 0, "is_in_court": False}
        elif name not in self.errors and minutes:
            data[name] = data[name] or minutes
            if data[name] > minutes:
                self.add_error(
                    name, forms.ValidationError(self.TOO_LONG, code="too_long")
                )

    def _check_way(self, data):
        """Nobody means a place, or the length of a way, that is no longer shown."""
        kind = data.get("kind")
        if kind and not Kind(kind).takes_place_somewhere:
            for name in ("venue", "place", "transport"):
                self.errors.pop(name, None)
            data |= {"venue": "", "place": "", "transport": None}
        transport = data.get("transport")
        has_way = transport and transport.code != NO_TRANSPORT
        if not has_way and "transport" not in self.errors:
            self.errors.pop("kilometres", None)
            data["kilometres"] = None

    def _check_people(self, data):
        if data.get("kind") != Kind.GROUP or "children" in self.errors:
            return
        if not any(data.get(name) for name in PEOPLE_FIELDS):
            self._miss("children", self.PEOPLE_ARE_MISSING)

    def _check_next_step(self, data):
        if "next_step_on" in self.errors or "next_step" in self.errors:
            return
        if data.get("next_step_on"):
            if not data["next_step"] and data.get("kind"):
                data["next_step"] = suggestions.first_for(data["kind"])
        elif data.get("next_step"):
            self._miss("next_step_on", self.DAY_IS_MISSING)

    def _miss(self, name, message):
        self.add_error(name, forms.ValidationError(message, code="required"))

    def say_closed(self, month):
        message = gettext(
            "The %(month)s report has been handed in meanwhile, so the entry can no "
            "longer be corrected. What you wrote is still here: copy it if you need it."
        ) % {"month": capfirst(month_genitive(month))}
        self.add_error(None, forms.ValidationError(message, code="closed"))

    def ask_about_duplicate(self):
        is_today = self.cleaned_data["visited_on"] == self.today
        question = self.SIMILAR_TODAY if is_today else self.SIMILAR_ON_ANOTHER_DAY
        self.add_error(
            "confirm_duplicate", forms.ValidationError(question, code="duplicate")
        )

    def entry(self):
        """What the person told, as the log keeps it."""
        data = dict(self.cleaned_data)
        family = None if data["family"] == NONE else data["family"]
        contact = None if data["contact"] == NONE else data["contact"]
        institution = data["institution"] or (contact.institution if contact else None)
        case = data.pop("case")
        people = {name: data.pop(name) or 0 for name in PEOPLE_FIELDS}
        names = {field.name for field in fields(Entry)} - DERIVED
        return Entry(
            **{name: data[name] for name in names if name in data},
            **people,
            family=family,
            municipality=self._place_of(family, data.get("municipality")),
            without="" if family else data["without"] or _occasion(data, institution),
            case=None if case == NONE else case,
            has_no_case=case == NONE,
            contact=contact,
            institution=institution,
            areas=tuple(data["areas"]),
        )

    def _place_of(self, family, chosen):
        if family:
            return family.municipality
        if chosen:
            return chosen
        if self.options.visit:
            return self.options.visit.municipality
        return next(iter(self.options.municipalities.values()))


def _occasion(data, institution):
    """Why no family is named, where nobody said it."""
    if data["kind"] == Kind.GROUP:
        return Visit.Without.EVENT
    if institution or data["new_institution_name"]:
        return Visit.Without.INSTITUTION
    return Visit.Without.UNRECORDED
