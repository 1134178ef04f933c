"""Institutions that have not answered in time, for the coordinator: codes only."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Referral
from interface.latvian import full_date

OF_EACH = 10
"""How many referrals of one institution are named, the oldest."""
LANGUAGE = "lv"
"""Of whom it reminds, whoever writes it."""


@dataclass(frozen=True)
class LateInstitution:
    """An institution that has not answered, and the working days that the oldest waited.

    ``referrals`` counts all; the days and codes are those of the oldest.
    """

    institution: str
    email: str
    days: int
    referrals: int
    sent_on: tuple[date, ...]
    codes: tuple[str, ...]

    @property
    def has_more(self):
        return self.referrals > len(self.sent_on)

    @property
    def reminder(self):
        """The address that opens a mail, written in Latvian, without a name or a code.

        Mail is read by more people than the one it is meant for.
        """
        with translation.override(LANGUAGE):
            days = ", ".join(full_date(day) for day in self.sent_on)
            subject = _("Answer to a referral")
            body = ngettext(
                "Good day!\n\nWe are waiting for the answer to a referral of the Roma "
                "mediator, sent on %(days)s. Please answer whoever sent it.\n",
                "Good day!\n\nWe are waiting for the answers to %(count)s referrals of the "
                "Roma mediator, sent on %(days)s. Please answer whoever sent them.\n",
                len(self.sent_on),
            ) % {"count": len(self.sent_on), "days": days}
        query = urlencode({"subject": subject, "body": body}, quote_via=quote)
        return f"mailto:{quote(self.email)}?{query}"


def late_institutions(user, today=None):
    """Those of the person's municipalities, whoever keeps people waiting longest first.

    Years without an answer are read no further than ``OF_EACH`` says.
    """
    of_institution = {"partition_by": "institution"}
    rows = (
        Referral.objects.coordinated_by(user)
        .unanswered_after(today=today or timezone.localdate())
        .select_related("institution", "case")
        .only("sent_on", "institution", "case__code")
        .annotate(
            late=Window(Count("pk"), **of_institution),
            place=Window(RowNumber(), order_by=["sent_on", "pk"], **of_institution),
        )
        .filter(place__lte=OF_EACH)
    )
    found = {}
    for row in rows:
        found.setdefault(row.institution, []).append(row)
    return [
        LateInstitution(
            str(institution),
            institution.email,
            referrals[0].days_waiting,
            referrals[0].late,
            tuple(row.sent_on for row in referrals),
            tuple(dict.fromkeys(row.case.code for row in referrals)),
        )
        for institution, referrals in found.items()
    ]
