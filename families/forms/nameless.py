"""Words that others read, as the rooms about families know the rule."""

from django.utils.functional import cached_property

from families.services.everybody import FoundByWorker, is_large
from families.services.names import checks_at
from mediators.models import Appointment, Role
from privacy.nameless import Nameless

__all__ = ["Nameless", "NamelessAtPlace"]


class NamelessAtPlace(Nameless):
    """Mixin: refuses names of families of every mediator of the place.

    Of the writer's own families, if it is a mediator; of the whole project where the
    words belong to no municipality.
    """

    def get_named(self):
        return self.instance

    @property
    def named_place(self):
        """The id of the municipality that the words are about, None for the country."""
        chosen = self.cleaned_data.get("municipality")
        return chosen.pk if chosen else getattr(self.instance, "municipality_id", None)

    @cached_property
    def _desks(self):
        desks = Appointment.objects.current().filter(role=Role.MEDIATOR)
        if self.by.has_role(Role.MEDIATOR):
            desks = desks.filter(user=self.by)
        elif self.named_place:
            desks = desks.filter(municipality=self.named_place)
        return desks.select_related("user", "municipality")

    def name_checks(self, named):
        is_for_all = not (self.named_place or self.by.has_role(Role.MEDIATOR))
        if is_for_all and is_large():
            return [FoundByWorker()]
        return checks_at(self._desks)
