"""Institutions that have not answered in time, for the coordinator: codes only."""

from dataclasses import dataclass

from django.utils import timezone

from cases.models import Referral
from municipalities.models import Institution


@dataclass(frozen=True)
class LateInstitution:
    """An institution with the referrals it has not answered, the oldest first."""

    institution: Institution
    referrals: list

    @property
    def days(self):
        """Working days that the oldest has waited."""
        return self.referrals[0].days_waiting

    @property
    def codes(self):
        return list(dict.fromkeys(row.case.code for row in self.referrals))


def late_institutions(user, today=None):
    """Those of the person's municipalities, whoever keeps people waiting longest first."""
    rows = (
        Referral.objects.coordinated_by(user)
        .unanswered_after(today=today or timezone.localdate())
        .select_related("institution", "case")
        .only("sent_on", "institution", "case__code")
    )
    found = {}
    for row in rows:
        found.setdefault(row.institution, []).append(row)
    return [LateInstitution(*pair) for pair in found.items()]
