"""Forms about accounts and supervision."""

from mediators.forms.account import (
    AccountForm,
    ChangePasswordForm,
    ForgottenPasswordForm,
    NewEmailForm,
    NewPasswordForm,
)
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
