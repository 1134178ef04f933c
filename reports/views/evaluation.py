"""Tables of surveys and recommendations as files, logged like every export."""

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from evaluation.models import SurveyRound
from evaluation.pictures import name_of
from evaluation.register import recommendations_for
from evaluation.results import Results
from mediators.access import require_fresh_proof, role_required
from mediators.models import COORDINATING, MUNICIPAL, Role
from reports.periods import Period
from reports.services.export import log_export
from reports.spreadsheet_text import csv_cell

AT_ONCE = 200


@role_required(Role.PROJECT_STAFF, *COORDINATING)
@require_safe
def survey_csv(request, pk, code):
    """One question of a survey that is over: municipalities and all together."""
    survey = get_object_or_404(SurveyRound.objects.visible_to(request.user), pk=pk)
    places = None
    if not request.user.has_role(Role.PROJECT_STAFF):
        places = request.user.municipalities_as(*COORDINATING)
    found = Results(survey, places)
    told = next((one for one in found.questions if one.question.code == code), None)
    if told is None or not found.is_told:
        raise Http404
    require_fresh_proof(request)
    head = [_("Municipality"), *(label for _code, label in told.question.choices)]
    is_scale = told.question.is_scale
    left_out = [pgettext("question", "Left out")] if is_scale else []
    rows = [[*head, *left_out, _("Number asked")]]
    for row in told.table:
        counts = [row.counts[choice] for choice, _label in told.question.choices]
        missing = [row.left_out] if is_scale else []
        rows.append([name_of(row), *counts, *missing, row.sheets])
    period = Period.between(survey.opens_on, survey.closes_on)
    return _file(request, f"aptauja_{code}", period, rows)


@role_required(*MUNICIPAL, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)
@require_safe
def recommendations_csv(request):
    """The two columns of the register, one row for each municipality."""
    require_fresh_proof(request)
    rows = [
        [
            pgettext("column", "Heading"),
            pgettext("column", "Recommendation"),
            pgettext("column", "To whom"),
            pgettext("column", "Project or period"),
            pgettext("column", "Carried over from"),
            pgettext("column", "Municipality"),
            pgettext("column", "How far it is"),
            pgettext("column", "Carried out"),
            pgettext("column", "Day"),
        ]
    ]
    for row in recommendations_for(request.user).iterator(AT_ONCE):
        earlier = row.carried_from.source if row.carried_from else ""
        left = [
            str(row.heading),
            row.text,
            str(row.addressee),
            row.source,
            earlier,
        ]
        right = [
            [
                str(one.municipality),
                str(one.get_status_display()),
                one.text,
                f"{one.noted_on:%Y-%m-%d}",
            ]
            for one in row.seen
        ]
        rows += [[*left, *told] for told in right or [[""] * 4]]
    today = timezone.localdate()
    return _file(request, "ieteikumi", Period.between(today, today), rows)


def _file(request, name, period, rows):
    log_export(period, by=request.user, rows={name: len(rows) - 1})
    response = HttpResponse(
        "\ufeff",  # Excel reads the file as UTF-8 only with this mark
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="Tilts_{name}.csv"'},
    )
    writer = csv.writer(response, delimiter=";")
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return response
