"""Forms about accounts and supervision."""

from mediators.forms.account import (
    AccountForm,
    ChangePasswordForm,
    ForgottenPasswordForm,
    NewPasswordForm,
)
from mediators.forms.factor import (
    AddAppForm,
    CodeAgainForm,
    CodeForm,
    PasskeyAloneForm,
)
from mediators.forms.supervision import SupervisionRequestForm, SupervisionSessionForm

__all__ = [
    "AccountForm",
    "AddAppForm",
    "ChangePasswordForm",
    "CodeAgainForm",
    "CodeForm",
    "ForgottenPasswordForm",
    "NewPasswordForm",
    "PasskeyAloneForm",
    "SupervisionRequestForm",
    "SupervisionSessionForm",
]
