"""Looking for a family by its name among two thousand own ones, whose names are encrypted."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agenda.demo.chance import Clock
from agenda.demo.history import Numbers
from families.models import Family, FamilyAssignment
from mediators.models import Appointment, Role, User

FAMILIES = 2000
WORD = "ozolu"


class Search:
    name = "search in 2,000 own families"
    goal, growth, most_queries = None, {1_000_000: 1.1}, 12
    most_ms = 80
    floor_is = "reading those rows and opening their names"

    def __init__(self, site):
        self.user = self._somebody(site.mediator)
        self.browser = site.sign_in(self.user)
        token = self.browser.token_of("/gimenes/")
        self.results = self.browser.post("/gimenes/", {"q": WORD}, token)

    def run(self):
        self.browser.get(self.results)

    def run_floor(self):
        mine = FamilyAssignment.objects.filter(mediator=self.user, ends_on=None)
        families = Family.objects.filter(pk__in=mine.values("family"))
        return [(one.label, one.town_part) for one in families]

    def _somebody(self, like):
        """A mediator with very many families, in the place of another one."""
        # Older commits, whose other workloads are compared, have no national demo
        from agenda.demo.national.ground import Desk  # noqa: PLC0415 -- see above
        from agenda.demo.national.households import Households  # noqa: PLC0415 -- see above

        [appointment] = like.appointments.all()
        user = User(
            email="many@tilts.example",
            first_name="Inga",
            last_name="Dambe",
            welcomed_at=timezone.now(),
            ethics_version=like.ethics_version,
        )
        user.set_unusable_password()
        clock = Clock(timezone.localdate() - timedelta(days=1), months=36)
        with transaction.atomic():
            user.save()
            Appointment.objects.create(
                user=user,
                role=Role.MEDIATOR,
                municipality=appointment.municipality,
                starts_on=appointment.starts_on,
            )
            households = Households(clock, _Further(), seed=0)
            desk = Desk(1, user, appointment.municipality, None, None, {}, ("centrs",))
            households.settle(desk, FAMILIES)
            households.store()
        return user


class _Further(Numbers):
    """Running numbers that nobody in the municipality has."""

    def take(self, prefix):
        return 50_000 + super().take(prefix)
