"""The e-mail address of one's own account: a new one, by a link that was mailed to it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mediators.access import fresh_proof_required
from mediators.forms import NewEmailForm
from mediators.models import EmailChange, TooManyTries
from mediators.services import email_changes
from mediators.trying import begin, new_address_limit, says_when_to_try_again
from privacy.access import by_link, signed_in
from privacy.tokens import hash_of

IN_THE_SESSION = "email_change"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@says_when_to_try_again
@read_or_write
@fresh_proof_required
def email_change(request):
    """One answer for every address, whether it signs somebody in already or not."""
    form = NewEmailForm(request.POST or None, person=request.user)
    if form.is_valid():
        try:
            begin(new_address_limit(request.user))
        except TooManyTries as problem:
            form.add_error(None, problem)
        else:
            email_changes.ask(request.user, form.cleaned_data["email"])
            return redirect("email-change")
    pending = EmailChange.objects.visible_to(request.user).pending()
    context = {"form": form, "change": pending.first()}
    status = 422 if form.errors else 200
    return render(request, "mediators/email_change.html", context, status=status)


@signed_in
@require_POST
def email_change_stop(request):
    """By the owner, who is signed in."""
    mine = EmailChange.objects.visible_to(request.user).pending()
    change = mine.first()
    if change and email_changes.stop(change, by=request.user):
        messages.success(request, _("Stopped. Your address stays as it is."))
    return redirect("email-change")


@by_link
@never_cache
@require_safe
def email_open(request, token):
    """The token leaves the address at once; what stays is its hash, in the session."""
    hashed = request.session[IN_THE_SESSION] = hash_of(token)
    stops = EmailChange.objects.with_hash(hashed, stops=True).exists()
    return redirect("email-refuse" if stops else "email-confirm")


def _over(request):
    return render(request, "mediators/email_over.html", status=410)


@signed_in
@never_cache
@read_or_write
def email_confirm(request):
    """Signed in as the account that asked: a slip in the address gives it to nobody."""
    hashed = request.session.get(IN_THE_SESSION, "-")
    mine = EmailChange.objects.visible_to(request.user)
    change = mine.with_hash(hashed).first()
    if change is None:
        return _over(request)
    if request.method != "POST":
        return render(request, "mediators/email_confirm.html", {"change": change})
    if not email_changes.confirm(change, session_key=request.session.session_key):
        return _over(request)
    messages.success(request, _("From now on you sign in with the new address."))
    return redirect("mfa_index")


@by_link
@never_cache
@read_or_write
def email_refuse(request):
    """Behind the link in the mail to the old address; needs no account."""
    hashed = request.session.get(IN_THE_SESSION, "-")
    change = EmailChange.objects.with_hash(hashed, stops=True).first()
    if change is None:
        return _over(request)
    is_stopped = request.method == "POST" and email_changes.stop(change)
    context = {"is_stopped": is_stopped}
    return render(request, "mediators/email_refuse.html", context)
