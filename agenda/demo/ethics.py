"""The code of ethics in the demo: whoever works with cases accepted it on the first day."""

from datetime import timedelta

from mediators.models import CASE_WORK, EthicsAcceptance, EthicsCode, User


def accept_the_code(clock):
    """Nothing where no code is loaded."""
    code = EthicsCode.objects.in_force(clock.until)
    if code is None:
        return
    people = User.objects.filter(appointments__role__in=CASE_WORK).distinct()
    accepted_at = clock.at(clock.first - timedelta(days=1), 9)
    EthicsAcceptance.objects.bulk_create(
        EthicsAcceptance(user=user, code=code, accepted_at=accepted_at)
        for user in people
    )
    User.objects.filter(pk__in=people).update(ethics_version=code.version)
