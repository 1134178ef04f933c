"""The addresses for programs. What they answer is in ``content``, how in ``answering``."""

from reports.api import content
from reports.api.answering import (
    asked_nothing,
    asked_period,
    asked_year,
    not_there,
    reads,
)
from reports.api.openapi import description
from reports.models import ApiScope


@reads(ApiScope.INDICATORS)
def indicators(request, token):
    asked_nothing(request)
    return content.indicators()


@reads(ApiScope.INDICATORS)
def results(request, token):
    return content.results(token, asked_period(request))


@reads(ApiScope.TARGETS)
def targets(request, token):
    return content.targets(token, asked_year(request))


@reads(ApiScope.REPORTS)
def reports(request, token):
    return content.report_states(token, asked_period(request))


@reads()
def openapi(request, token):
    asked_nothing(request)
    return description()


@reads()
def unknown(request, token, rest):
    return not_there(request, token)
