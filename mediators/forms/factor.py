"""Forms of the second factor: allauth's, with tries that are counted and audited."""

from contextlib import contextmanager

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mediators import factors
from mediators.models import Tries, User
from mediators.trying import begin, code_limits
from privacy import audit


class CountedCode(forms.Form):
    """A code of the app or of the list on paper, in one field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code")
        code.error_messages["required"] = _("Write the code")
        code.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autocapitalize": "none",
            "spellcheck": "false",
        }

    def clean_code(self):
        limits = code_limits(context.request, self.user)
        begin(*limits)
        self.authenticator = factors.accept_code(self.user, self.cleaned_data["code"])
        if self.authenticator is None:
            audit.record(None, audit.Verb.SIGN_IN_FAILED, self.user, factor="code")
            raise get_adapter().validation_error("incorrect_code")
        self.authenticator.user = self.user
        Tries.objects.succeeded(*limits)
        return self.cleaned_data["code"]


class CodeForm(CountedCode, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(CountedCode, ReauthenticateForm):
    """Once more, before something that needs it."""


class AddAppForm(ActivateTOTPForm):
    """The first code shows that the app has taken the key."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code that the app shows")
        self.fields["code"].error_messages["required"] = _("Write the code")
        self.fields["code"].widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
        }

    def clean_code(self):
        begin(*code_limits(context.request, self.user))
        return super().clean_code()


@contextmanager
def refusing_nonsense():
    """allauth trusts that what is sent has the parts of a credential; strangers send it."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError):
        raise get_adapter().validation_error("incorrect_code") from None


class CheckedPasskey(forms.Form):
    """What the browser answers for a passkey that is used; a wrong one is audited."""

    def clean_credential(self):
        try:
            with refusing_nonsense():
                return super().clean_credential()
        except ValidationError:
            about = self.user or User
            audit.record(None, audit.Verb.SIGN_IN_FAILED, about, factor="passkey")
            raise


class PasskeyForm(CheckedPasskey, AuthenticateWebAuthnForm):
    """The second step of signing in."""


class PasskeyAgainForm(CheckedPasskey, ReauthenticateWebAuthnForm):
    """Once more, before something that needs it."""


class AddPasskeyForm(AddWebAuthnForm):
    def clean(self):
        with refusing_nonsense():
            return super().clean()


class PasskeyAloneForm(CheckedPasskey, LoginWebAuthnForm):
    """A passkey in place of the password: for mediators, whose work is on a phone."""

    def clean_credential(self):
        authenticator = super().clean_credential()
        if authenticator.user.works_at_a_desk:
            raise ValidationError(
                _(
                    "At a desk the passkey comes second: sign in with your password first."
                )
            )
        return authenticator
