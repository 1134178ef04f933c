"""Forms about an account: what the administration says of it, and its password."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from mediators.models import Limit, Tries, User
from mediators.trying import begin
from privacy.forms import NoPersonalCodes


class AccountForm(NoPersonalCodes, forms.ModelForm):
    """An account without its password: only its owner knows it."""

    class Meta:
        model = User
        fields = (
            "email",
            "first_name",
            "last_name",
            "address_form",
            "phone",
            "language",
            "is_active",
        )

    def clean_email(self):
        """Stored in small letters, so that one address is one account."""
        return self.cleaned_data["email"].lower()


class PasswordInput(forms.PasswordInput):
    """Managers of passwords fill it in and paste into it; the page can show it."""

    def __init__(self, autocomplete):
        super().__init__(
            attrs={
                "autocomplete": autocomplete,
                "autocapitalize": "none",
                "spellcheck": "false",
                "data-password": "",
            }
        )


class NewPasswordForm(forms.Form):
    """A password once: it can be looked at, so nobody types it twice."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters of any kind; several words are good."),
        strip=False,
        widget=PasswordInput("new-password"),
        error_messages={"required": _("Choose a password")},
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class ChangePasswordForm(NewPasswordForm):
    """With the old one, because a session may be left open on a table."""

    field_order = ("old_password", "password")

    old_password = forms.CharField(
        label=_("Your password now"),
        strip=False,
        widget=PasswordInput("current-password"),
        error_messages={"required": _("Write the password that you have now")},
    )

    def clean_old_password(self):
        limit = Limit("password", str(self.person.pk), ends_with_success=True)
        begin(limit)
        if not self.person.check_password(self.cleaned_data["old_password"]):
            raise forms.ValidationError(_("The password is not right."))
        Tries.objects.succeeded(limit)
        return self.cleaned_data["old_password"]


class NewEmailForm(forms.Form):
    """Says nothing of who else has an account."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write the new address"),
            "invalid": _("Write the whole address, for example vards@example.lv"),
        },
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if email == self.person.email.lower():
            raise forms.ValidationError(_("This is your address already."))
        return email


class ForgottenPasswordForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Write your e-mail address"),
            "invalid": _("Write your e-mail address"),
        },
    )
