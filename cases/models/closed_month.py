"""Months of a mediator whose report is handed in."""

from django.db import models
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import User
from municipalities.models import Municipality
from municipalities.working_days import next_month


class ClosedMonthQuerySet(models.QuerySet):
    def of_outer_row(self):
        """For ``Exists``: the closed month of a row that has its ``first_of_month``."""
        return self.filter(
            mediator=OuterRef("mediator"),
            municipality=OuterRef("municipality"),
            month=OuterRef("first_of_month"),
        )

    def wait_for(self, mediator):
        """Let one transaction at a time write a mediator's entries or close a month.

        Without this an entry could slip in between the closing of a month and the
        count of its figures.
        """
        rows = User.objects.select_for_update(no_key=True)
        rows.only("pk").get(pk=mediator.pk)

    def covers(self, *, mediator, municipality, day):
        """True when the mediator's report of that month has been handed in."""
        return self.filter(
            mediator=mediator, municipality=municipality, month=day.replace(day=1)
        ).exists()

    def report_month(self, *, mediator, municipality, day):
        """The month whose report tells of a contact on that day.

        Its own month; once the report of that is handed in, the first month from
        today on whose report is not.
        """
        closed = set(
            self.filter(mediator=mediator, municipality=municipality).values_list(
                "month", flat=True
            )
        )
        month = day.replace(day=1)
        if month in closed:
            month = max(month, timezone.localdate().replace(day=1))
        while month in closed:
            month = next_month(month)
        return month


class ClosedMonth(models.Model):
    """A month of one mediator whose entries may not change: its report is handed in.

    The reports app writes and removes these rows; nothing here asks about reports.
    """

    mediator = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    municipality = models.ForeignKey(
        Municipality, related_name="+", on_delete=models.PROTECT
    )
    month = models.DateField(_("month"), help_text=_("The first day of the month."))

    objects = ClosedMonthQuerySet.as_manager()

    class Meta:
        ordering = ["month"]
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        constraints = [
            models.UniqueConstraint(
                name="closed_month_is_unique",
                fields=["mediator", "municipality", "month"],
            )
        ]

    def __str__(self):
        return f"{self.mediator}, {self.municipality}, {self.month:%Y-%m}"
