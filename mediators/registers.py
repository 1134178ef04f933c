"""The lists on the page of a mediator: what was learned, what is wished."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mediators.forms.people import TrainingForm, TrainingNeedForm, TrainingPlanForm
from mediators.models import Training
from municipalities.registers import Register


@dataclass(frozen=True)
class PersonRegister(Register):
    """A list of one mediator; whoever is not that mediator may have another form."""

    form_of_others: type | None = None

    def form_for(self, user, mediator):
        return self.form if user == mediator else self.form_of_others or self.form

    def may_add(self, user, mediator):
        """The mediator adds to both; coordinators add what she learned."""
        if user == mediator:
            return True
        places = mediator.appointments.current().values("municipality")
        coordinates = user.coordinated_municipalities().filter(pk__in=places).exists()
        return self.model is Training and coordinates


REGISTERS = (
    PersonRegister(
        key="macibas",
        form=TrainingForm,
        title=_("Training and certificates"),
        add=_("Add a training"),
        nothing=_("No training is noted yet."),
        icon="school",
        reads=("topic",),
    ),
    PersonRegister(
        key="vajadzibas",
        form=TrainingNeedForm,
        form_of_others=TrainingPlanForm,
        title=_("What would help to learn"),
        add=_("Ask for a training"),
        nothing=_("Nothing has been asked for."),
        icon="message-question",
        reads=("topic",),
    ),
)
BY_KEY = {register.key: register for register in REGISTERS}
