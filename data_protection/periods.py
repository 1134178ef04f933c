"""How long each kind of record is kept, declared once.

The controller may replace the months in the file named by ``CONTROLLER_FILE``. The
inventory, the run that ends what is over, the privacy notice and the register read this.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediators import complaints


@dataclass(frozen=True)
class Period:
    """A kind of record: how many months from when, and why.

    ``months`` is None for what has no end of its own. ``is_automatic`` says that
    ``manage.py retention`` ends it; the rest is ended by people or by nobody.
    """

    key: str
    label: Promise
    months_proposed: int | None
    since: Promise | str
    what_then: Promise
    why: Promise
    is_automatic: bool = False

    @property
    def months(self):
        return settings.CONTROLLER.retention.get(self.key, self.months_proposed)


PERIODS = (
    Period(
        "families",
        _("Families: names, contacts, notes, texts of entries and cases"),
        24,
        _("the last activity with the family"),
        _("everything that tells who it is is erased; numbers stay"),
        _("The purpose has ended when nobody asks for help any more."),
        is_automatic=True,
    ),
    Period(
        "consents",
        _("Proof of consents of erased families: date, version, manner"),
        36,
        _("the erasure"),
        _("deleted"),
        _("The controller has to be able to show that the family agreed."),
        is_automatic=True,
    ),
    Period(
        "loose_notes",
        _("Notes of entries that name no family"),
        24,
        _("the day of the entry"),
        _("the note is erased; numbers stay"),
        _("A note may describe people even if it names nobody."),
        is_automatic=True,
    ),
    Period(
        "requests",
        _("Requests of people about their data"),
        36,
        _("the decision"),
        _("deleted; the audit keeps that there was one"),
        _("Proof that a request was answered in time."),
        is_automatic=True,
    ),
    Period(
        "complaints",
        _("Complaints about a mediator"),
        complaints.KEPT_YEARS * 12,
        _("the answer"),
        _("deleted"),
        _("As the form tells whoever complains."),
        is_automatic=True,
    ),
    Period(
        "letters",
        _("Marks of letters, deleted entries, imports, ended calendars and tokens"),
        12,
        _("the day of the mark"),
        _("deleted"),
        _("Needed only so that nothing is sent or stored twice."),
        is_automatic=True,
    ),
    Period(
        "statistics",
        _("Numbers: dates, kinds, minutes, areas, outcomes, codes"),
        None,
        "",
        _("kept; after the erasure they lead to nobody"),
        _("Results of the project and of the municipality."),
    ),
    Period(
        "stories",
        _("Good-practice stories and what was agreed to about them"),
        None,
        "",
        _(
            "erased with the family, unless it agreed that the story stays without a link"
        ),
        _("The family decides, and may take it back at any time."),
    ),
    Period(
        "reports",
        _("Monthly reports, their review and delivery"),
        120,
        _("the month of the report"),
        _("archived or destroyed by the controller's list of files"),
        _("Documents of the municipality (Arhīvu likums)."),
    ),
    Period(
        "accounts",
        _("Accounts, appointments and working time of the team"),
        120,
        _("the last appointment"),
        _("closed by the administrator, then deleted"),
        _("Employment and accounting of project money."),
    ),
    Period(
        "partners",
        _("Institutions, their officials and contact people"),
        None,
        "",
        _("corrected or marked as no longer active by the team"),
        _("Needed as long as the institution is worked with."),
    ),
    Period(
        "breaches",
        _("Register of data breaches"),
        60,
        _("the breach was discovered"),
        _("deleted by the data-protection officer"),
        _("GDPR 33(5): the authority may ask for it."),
    ),
    Period(
        "audit",
        _("Audit: who did or saw what, with ids and codes only"),
        None,
        "",
        _("kept: each entry seals the one before it"),
        _("It names nobody; after an erasure its ids lead to nobody."),
    ),
    Period(
        "reference",
        _("Lists and settings without people"),
        None,
        "",
        _("kept"),
        _("No personal data."),
    ),
)
BY_KEY = {period.key: period for period in PERIODS}
AUTOMATIC = tuple(period for period in PERIODS if period.is_automatic)
