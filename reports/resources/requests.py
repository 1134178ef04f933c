"""What institutions and municipalities were asked for, and what they answered, as rows."""

from django.db.models import CharField, Count, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Referral
from municipalities.working_days import waited
from reports.counting import in_approved_months
from reports.models import Ask
from reports.resources.columns import Column, Sheet, Type, label_of, municipality


def position_in_the_case():
    """1 for what was asked first in a case: keys of rows grow with time."""
    so_far = Referral.objects.filter(case=OuterRef("case"), pk__lte=OuterRef("pk"))
    counted = so_far.order_by().values("case").annotate(n=Count("pk"))
    return Subquery(counted.values("n"))


class ReferralResource(Sheet):
    """One row for each referral that was sent in the period, without its words."""

    title = pgettext_lazy("sheet", "Referrals")
    table = "tbl_nosutijumi"

    referral_code = Column(
        pgettext_lazy("column", "Referral"),
        Type.IDENTIFIER,
        "referral_code",
        width=14,
        description=_("Code of the case and which of its referrals it is."),
    )
    case_code = Column(
        pgettext_lazy("column", "Case"),
        Type.PSEUDONYM,
        "case__code",
        width=11,
        description=_("Code of the case."),
    )
    municipality = municipality("case__municipality__label_lv")
    institution = Column(
        pgettext_lazy("column", "Institution"),
        Type.CHOICE,
        "institution__name",
        width=42,
        description=_("The institution that was asked."),
    )
    official_role = Column(
        pgettext_lazy("column", "Post of the official"),
        Type.CHOICE,
        "contact__post",
        width=46,
        description=_("Post, not the name."),
    )
    request = Column(
        pgettext_lazy("column", "Request"),
        Type.CHOICE,
        "request__label_lv",
        width=26,
        description=_("What was asked for, as chosen from the list."),
        note=_("Empty when it was written in own words; those are not exported."),
    )
    sent_on = Column(
        pgettext_lazy("column", "Sent"),
        Type.DATE,
        "sent_on",
        description=_("When it was sent."),
    )
    due_on = Column(
        pgettext_lazy("column", "Answer due"),
        Type.DATE,
        "due_on",
        description=_("By when an answer was expected."),
    )
    answered_on = Column(
        pgettext_lazy("column", "Answered"),
        Type.DATE,
        "answered_on",
        description=_("Empty while no answer has come."),
    )
    working_days = Column(
        pgettext_lazy("column", "Working days to the answer"),
        Type.NUMBER,
        "sent_on",
        "answered_on",
        read=lambda sent, answered: waited(sent, answered) if answered else None,
        width=14,
        description=_("Without weekends and public holidays."),
    )
    result = Column(
        pgettext_lazy("column", "Answer"),
        Type.CHOICE,
        "answer",
        read=label_of(Referral.Answer),
        width=14,
        description=_("Of the day of the export; empty while it is awaited."),
    )

    def get_queryset(self):
        sent = Referral.objects.filter(
            sent_on__range=(self.scope.first, self.scope.last)
        )
        if self.scope.approved_only:
            sent = in_approved_months(
                sent, day="sent_on", municipality="case__municipality"
            )
        return (
            self.scope.in_place(sent, prefix="case__")
            .annotate(
                referral_code=Concat(
                    F("case__code"),
                    Value("/"),
                    Cast(position_in_the_case(), CharField()),
                )
            )
            .order_by("sent_on", "pk")
        )


class AskResource(Sheet):
    """One row for each ask to a municipality in the approved reports of the period."""

    title = pgettext_lazy("sheet", "Asks")
    table = "tbl_lugumi"

    ask_code = Column(
        pgettext_lazy("column", "Ask"),
        Type.IDENTIFIER,
        "code",
        description=_("Number of the ask; it never changes."),
    )
    municipality = municipality("report__municipality__label_lv")
    month = Column(
        pgettext_lazy("column", "Month"),
        Type.DATE,
        "report__month",
        description=_("The month whose report brought it."),
    )
    kind = Column(
        pgettext_lazy("column", "Kind"),
        Type.CHOICE,
        "kind",
        read=label_of(Ask.Kind),
        width=42,
        description=_("What is asked for, see the sheet of classifiers."),
    )
    text = Column(
        pgettext_lazy("column", "Text"),
        Type.TEXT,
        "pk",
        "text",
        read=lambda pk, text: Ask(pk=pk, text=text).text,
        width=60,
        description=_("As the approved report says it, without names."),
    )
    owner = Column(
        pgettext_lazy("column", "Passed on to"),
        Type.CHOICE,
        "owner__name",
        width=26,
        description=_("The institution that decides; empty until one is chosen."),
    )
    due_on = Column(
        pgettext_lazy("column", "Due"),
        Type.DATE,
        "due_on",
        description=_("By when it is needed."),
    )
    status = Column(
        pgettext_lazy("column", "Status"),
        Type.CHOICE,
        "status",
        read=label_of(Ask.Status),
        width=14,
        description=_("Of the day of the export."),
    )
    decided_on = Column(
        pgettext_lazy("column", "Decided"),
        Type.DATE,
        "decided_on",
        description=_("When it was fulfilled or declined."),
    )

    def get_queryset(self):
        asks = Ask.objects.live().filter(
            report__month__range=(self.scope.first, self.scope.last)
        )
        return self.scope.in_place(asks, prefix="report__").order_by(
            "report__month", "code"
        )
