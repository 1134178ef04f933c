"""Words about events are read by many: they name no family."""

from django.utils.functional import cached_property

from families.forms.nameless import Nameless
from families.services.names import TextCheck
from mediators.models import Appointment, Role


class NamelessEvent(Nameless):
    """Mixin: refuses names of families of every mediator of the place.

    Of the writer's own families, if it is a mediator; of the whole project where the
    event belongs to no municipality.
    """

    def get_named(self):
        return self.instance

    @cached_property
    def _desks(self):
        desks = Appointment.objects.current().filter(role=Role.MEDIATOR)
        if self.by.has_role(Role.MEDIATOR):
            desks = desks.filter(user=self.by)
        elif self.instance.municipality_id:
            desks = desks.filter(municipality=self.instance.municipality_id)
        return desks.select_related("user", "municipality")

    def name_checks(self, named):
        return [TextCheck(desk.user, desk.municipality) for desk in self._desks]
