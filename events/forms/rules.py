"""What about an event makes no sense beside the rest that is known of it."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from events.models.event import OF_FAMILIES
from interface.latvian import full_date


class MakesSense:
    """Mixin of the form of an event: its day in its series, participants, institutions."""

    def refuse_outside_of_the_series(self, data):
        """No session is earlier than the first day of its series."""
        day, series = data.get("held_on"), data.get("series")
        if day and series and day < series.held_on:
            self.add_error(
                "held_on",
                _(
                    "The series begins on %(day)s. Choose that day or a later one, or "
                    "correct the first day of the series."
                )
                % {"day": full_date(series.held_on)},
            )
        if day and self.instance.is_series and self.is_edit:
            first = self.instance.sessions.order_by("held_on").first()
            if first and first.held_on < day:
                self.add_error(
                    "held_on",
                    _("A session took place on %(day)s: the series began no later.")
                    % {"day": full_date(first.held_on)},
                )

    def refuse_before_its_day(self, data):
        """Nobody took part yet in what only stands planned."""
        day = data.get("held_on")
        if day and day > timezone.localdate() and self.counted:
            self.add_error(
                "held_on",
                _(
                    "This day is still to come, and participants are counted already. "
                    "Correct the day, or count the participants after it."
                ),
            )

    def refuse_nobody(self, data):
        """An event that took place had participants; one that was only attended may not
        know how many."""
        if self.instance.is_series or self.errors:
            return
        is_held = data["held_on"] <= timezone.localdate()
        if is_held and not self.counted and data["role"] != Event.Role.ATTENDED:
            self.add_error(self.frequent[0], _("Say how many people took part."))

    def ask_about_institutions(self, data):
        """Asks once whether those who came from institutions are counted at all."""
        institutions = self.instance.institutions_number
        professionals = sum(
            row.count for row in self.headcounts if row.category.code not in OF_FAMILIES
        )
        if self.errors or not self.counted or institutions <= professionals:
            return
        asked = f"{institutions}/{professionals}"
        if data.get("asked") != asked:
            self.data = self.data.copy()
            self.data[self.add_prefix("asked")] = asked
            message = _(
                "Institutions represented: %(institutions)s, professionals among the "
                "participants: %(people)s. Add those who came from institutions, or save "
                "again if this is right."
            )
            values = {"institutions": institutions, "people": professionals}
            self.add_error(
                "institutions_typed",
                ValidationError(message, code="asked", params=values),
            )
