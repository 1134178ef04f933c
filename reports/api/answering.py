"""What all addresses for programs have in common: the token, the limits, how they answer.

Plain views and these few functions stand in place of a REST framework: there is one
method, nothing is stored, and a token is one query.
"""

from functools import wraps

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from mediators.models import TooManyTries
from mediators.trying import address_of, count_this_minute
from privacy import audit
from privacy.access import by_token
from privacy.refusals import record_refusal
from reports.answers import MOST_PLACES, PLACES_AT_ONCE
from reports.models import ApiToken
from reports.periods import NotAPeriod, Period
from reports.services.kept_answers import SOON, BeingCounted
from reports.told_year import NotOverYet

OF_AN_ADDRESS, OF_A_TOKEN = 120, 60
"""Requests a minute."""
LIMITS = [f"{number}" for number in range(1, MOST_PLACES + 1)]
ROOT = "/api/"
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")
PROBLEM = "application/problem+json"
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class ProblemsMiddleware:
    """Whatever goes wrong under an address for programs is told to a program.

    Also what other middleware refuses, and what fails.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_told = response.get("Content-Type") == PROBLEM
        if response.status_code < 400 or is_told or not is_for_programs(request):
            return response
        told = problem(response.status_code, _detail(response.status_code))
        for name in KEPT:
            if name in response:
                told[name] = response[name]
        return told


def is_for_programs(request):
    return request.path_info.startswith(ROOT)


def _detail(status):
    if status == 404:
        return _("There is nothing at this address.")
    if status == 405:
        return _("Only GET is answered here.")
    if status < 500:
        return _("This request makes no sense here.")
    return _("Something failed here. Try again later.")


class NotUnderstood(ValueError):
    """What was asked for makes no sense; says why in a sentence."""


def reads(scope=None):
    """A view for programs: it gets the token and returns what the answer holds.

    Without ``scope`` any token will do. Each answer is one entry in the audit.
    """

    def decorate(view):
        @wraps(view)
        def with_token(request, **arguments):
            return _answer(request, view, scope, arguments)

        safe = require_safe(with_token)

        # A token is no cookie: nobody else's page can send it along
        @csrf_exempt
        @by_token
        # Which numbers stay hidden is thought over while nobody waits for the database
        @transaction.non_atomic_requests
        @wraps(safe)
        def answered(request, **arguments):
            return safe(request, **arguments)

        return answered

    return decorate


def _answer(request, view, scope, arguments):
    secret = _secret(request)
    try:
        count_this_minute("api-address", address_of(request), most=OF_AN_ADDRESS)
        token = ApiToken.objects.with_token(secret).select_related("owner").first()
        if token is None:
            return _not_known()
        count_this_minute("api-token", str(token.pk), most=OF_A_TOKEN)
    except TooManyTries as error:
        return _too_many(error)
    if scope and not token.opens(scope):
        return not_there(request, token)
    try:
        content = view(request, token, **arguments)
    except (NotUnderstood, NotAPeriod, NotOverYet) as error:
        return problem(400, _sentence(error))
    except BeingCounted:
        return _being_counted()
    if isinstance(content, HttpResponse):
        return content
    with transaction.atomic():
        token.note_use()
        audit.record(
            token.owner,
            audit.Verb.LINK_VIEW,
            token,
            page=request.resolver_match.url_name,
            period=request.GET.get("period", request.GET.get("year", "")),
        )
    return _json(content)


def _secret(request):
    """Of a header alone: a cookie opens nothing here, and nothing stands in an address."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _json(content, status=200, content_type="application/json"):
    return JsonResponse(
        content,
        status=status,
        content_type=content_type,
        headers=HEADERS,
        json_dumps_params={"ensure_ascii": False},
    )


def problem(status, detail):
    """An answer that says what is wrong, as RFC 9457 has it."""
    phrase = HttpResponse(status=status).reason_phrase
    return _json(
        {"title": phrase, "status": status, "detail": detail},
        status,
        PROBLEM,
    )


def _not_known():
    """The same whether there is no token, a wrong one, or one that is over."""
    response = problem(401, _("Send a valid token: “Authorization: Bearer …”."))
    response["WWW-Authenticate"] = "Bearer"
    return response


def not_there(request, token):
    """What a token does not open is what nobody ever made."""
    match = request.resolver_match
    record_refusal(token.owner, match.view_name, {})
    return problem(404, _("There is nothing at this address."))


def _too_many(error):
    response = problem(429, _("Too many requests in one minute. Wait, then try again."))
    response["Retry-After"] = str(error.seconds)
    return response


def _being_counted():
    """No numbers yet: nothing is wrong, so it is no problem."""
    detail = _("This is being counted. Ask again.")
    accepted = {"title": "Accepted", "status": 202, "detail": detail}
    response = _json(accepted, 202)
    response["Retry-After"] = str(SOON)
    return response


def _sentence(error):
    if isinstance(error, NotOverYet):
        return _("A period is told from the 15th day after its end.")
    if isinstance(error, NotAPeriod):
        return _("Write the period as 2026, 2026-Q1 or 2026-07.")
    return str(error)


def asked_period(request):
    """The period in the address; nothing else may stand there."""
    _only(request, "period")
    return Period.parse(request.GET.get("period", ""))


def asked_page(request):
    """The period, and which page: ``{"after", "limit"}``."""
    _only(request, "period", "after", "limit")
    limit = request.GET.get("limit", f"{PLACES_AT_ONCE}")
    if limit not in LIMITS:
        raise NotUnderstood(
            _("The limit is a number from 1 to %(most)s.") % {"most": MOST_PLACES}
        )
    page = {"after": request.GET.get("after", ""), "limit": int(limit)}
    return Period.parse(request.GET.get("period", "")), page


def asked_year(request):
    _only(request, "year")
    period = Period.parse(request.GET.get("year", ""))
    if not period.code.isdigit():
        raise NotUnderstood(_("Write the year as 2026."))
    return period


def asked_nothing(request):
    _only(request)


def _only(request, *names):
    """A filter that is misspelt must not pass for one that was heard."""
    said_twice = any(len(values) > 1 for _name, values in request.GET.lists())
    if said_twice or set(request.GET) - set(names):
        raise NotUnderstood(
            _("This address takes only, and each once: %(names)s.")
            % {"names": ", ".join(names)}
            if names
            else _("This address takes no parameters.")
        )
