"""The addresses for programs: ``reports/answers.py`` says what, ``answering`` how."""

from reports import answers, told_year
from reports.api.answering import (
    asked_nothing,
    asked_page,
    asked_period,
    asked_year,
    not_there,
    reads,
)
from reports.api.openapi import description
from reports.models import ApiScope
from reports.services import kept_answers


@reads(ApiScope.INDICATORS)
def indicators(request, token):
    asked_nothing(request)
    return answers.indicators()


@reads(ApiScope.INDICATORS)
def results(request, token):
    period = asked_period(request)
    told_year.require(period)
    return answers.as_opened(token, kept_answers.answer("results", period))


@reads(ApiScope.TARGETS)
def targets(request, token):
    part = told_year.since_january(asked_year(request).first.year)
    return answers.as_opened(token, kept_answers.answer("targets", part))


@reads(ApiScope.REPORTS)
def reports(request, token):
    period, page = asked_page(request)
    return answers.report_states(token, period, **page)


@reads()
def openapi(request, token):
    asked_nothing(request)
    return description()


@reads()
def unknown(request, token, rest):
    return not_there(request, token)
