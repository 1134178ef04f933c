"""Forms about accounts."""

from django import forms

from mediators.models import User


class AccountForm(forms.ModelForm):
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
