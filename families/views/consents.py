"""What a family was told and agreed to: recording it, taking it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from families.forms.consents import ConsentForm
from families.models import Consent, Family
from families.services import consents, looks
from families.views.pages import form_page, read_or_write
from privacy.access import signed_in


@signed_in
@read_or_write
def consent_create(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        consents.record_consent(family, by=request.user, **form.cleaned_data)
        messages.success(request, _("Consent recorded."))
        return redirect(family)
    looks.record_opening(request, family, looks.Part.CONSENT)
    text = consents.text_to_read()
    return form_page(request, "consent_form", form, family=family, text=text)


@signed_in
@read_or_write
def consent_withdraw(request, code, purpose):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    if purpose not in consents.WITHDRAWABLE:
        raise Http404
    if request.method == "POST":
        consents.withdraw_consent(family, purpose, by=request.user)
        messages.success(request, _("Consent withdrawn."))
        return redirect(family)
    looks.record_opening(request, family, looks.Part.CONSENT)
    context = {
        "family": family,
        "purpose": Consent.Purpose(purpose),
        "ends_shares": purpose in Consent.NEEDED_TO_SHARE,
    }
    return render(request, "families/consent_withdraw.html", context)
