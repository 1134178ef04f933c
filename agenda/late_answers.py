"""Institutions that have not answered in time, for the coordinator: codes only."""

from dataclasses import dataclass

from django.utils import timezone

from cases.models import Referral


@dataclass(frozen=True)
class LateInstitution:
    """An institution that has not answered, and the working days that the oldest waited."""

    institution: str
    days: int
    referrals: int
    codes: tuple[str, ...]


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
    return [
        LateInstitution(
            str(institution),
            referrals[0].days_waiting,
            len(referrals),
            tuple(dict.fromkeys(row.case.code for row in referrals)),
        )
        for institution, referrals in found.items()
    ]
