"""Forms about accounts and supervision."""

from mediators.forms.account import (
    AccountForm,
    ChangePasswordForm,
    ForgottenPasswordForm,
    NewEmailForm,
    NewPasswordForm,
)
from mediators.forms.appointment import AppointmentForm
from mediators.forms.factor import (
    AddAppForm,
    AddPasskeyForm,
    CodeAgainForm,
    CodeForm,
    PasskeyAgainForm,
    PasskeyAloneForm,
    PasskeyForm,
)
from mediators.forms.supervision import SupervisionRequestForm, SupervisionSessionForm

__all__ = [
    "AccountForm",
    "AddAppForm",
    "AddPasskeyForm",
    "AppointmentForm",
    "ChangePasswordForm",
    "CodeAgainForm",
    "CodeForm",
    "ForgottenPasswordForm",
    "NewEmailForm",
    "NewPasswordForm",
    "PasskeyAgainForm",
    "PasskeyAloneForm",
    "PasskeyForm",
    "SupervisionRequestForm",
    "SupervisionSessionForm",
]
