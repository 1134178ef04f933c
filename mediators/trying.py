"""Which tries are counted for what, and how a page says that there were too many."""

import ipaddress
from datetime import timedelta
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.utils import timezone

from mediators.models import Limit, TooManyTries, Tries

OF_AN_OFFICE = 30
"""Free tries of one address, behind which a whole office may sit."""
OF_AN_ACCOUNT = 10
"""Free tries at one account from everywhere; the waits stay short, so that nobody can
keep its owner out."""
SHORT = timedelta(minutes=1)


def address_of(request):
    """The visitor's address; of IPv6 the network, because a home has that many."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def sign_in_limits(request, email):
    email, address = email.strip().lower(), address_of(request)
    return (
        Limit("sign-in", f"{email} {address}", ends_with_success=True),
        Limit("sign-in", email, free=OF_AN_ACCOUNT, longest=SHORT),
        Limit("sign-in", address, free=OF_AN_OFFICE),
    )


def code_limits(request, user):
    """Six digits are few: these waits grow, whoever tries from wherever."""
    return (
        Limit("code", str(user.pk), ends_with_success=True),
        Limit("code", address_of(request), free=OF_AN_OFFICE),
    )


def new_password_limits(request, email):
    return (
        Limit("new-password", email.strip().lower(), free=3),
        Limit("new-password", address_of(request), free=OF_AN_OFFICE),
    )


def new_address_limit(user):
    """Each wish is two mails, one of them to whoever has that address."""
    return Limit("new-address", str(user.pk), free=3)


def begin(*limits):
    """Count a try, and let the answer say 429 when there were too many."""
    try:
        Tries.objects.begin(*limits)
    except TooManyTries as problem:
        context.request.retry_after = problem.seconds
        raise


def says_when_to_try_again(view):
    """A form that was refused for too many tries is answered with 429."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        seconds = getattr(request, "retry_after", None)
        if seconds:
            response.status_code = 429
            response["Retry-After"] = str(seconds)
        return response

    return answered


def count_this_minute(what, about, *, most):
    """One more in this minute, or ``TooManyTries`` until it is over."""
    minute, second = divmod(int(timezone.now().timestamp()), 60)
    limit = Limit(what, f"{about} {minute}", free=most)
    if not Tries.objects.count_one(limit):
        raise TooManyTries(timedelta(seconds=60 - second))


def may_look(request, what, *, most):
    """Whether one more may come from this address in this minute; it is counted.

    allauth's own limits never count a GET.
    """
    try:
        count_this_minute(what, address_of(request), most=most)
    except TooManyTries:
        return False
    return True
