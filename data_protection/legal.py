"""On what each purpose rests, unless the controller's file says otherwise."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from data_protection.classes import Purpose

BASES = {
    Purpose.HELP: _(
        "the family's explicit consent (GDPR 6(1)(a) and 9(2)(a)); at a municipality "
        "also its public task (GDPR 6(1)(e))"
    ),
    Purpose.RIGHTS: _(
        "a legal obligation (GDPR 6(1)(c), 7(1) and 12), to prove what was agreed to and "
        "asked for (9(2)(f))"
    ),
    Purpose.REPORTS: _(
        "a public task or legitimate interest (GDPR 6(1)(e) or (f)), about families what "
        "they explicitly agreed to (9(2)(a))"
    ),
    Purpose.PARTICIPANTS: _(
        "the person's explicit consent (GDPR 6(1)(a) and 9(2)(a)); each question may be "
        "declined"
    ),
    Purpose.STORIES: _("the family's explicit consent (GDPR 6(1)(a) and 9(2)(a))"),
    Purpose.COOPERATION: _(
        "a public task or legitimate interest (GDPR 6(1)(e) or (f))"
    ),
    Purpose.TEAM: _(
        "a contract of employment (GDPR 6(1)(b) and (c)) and the duties from it (9(2)(b))"
    ),
    Purpose.SECURITY: _("a legal obligation (GDPR 6(1)(c) and 32)"),
    Purpose.SYSTEM: _("no personal data"),
}


def basis_of(purpose):
    return settings.CONTROLLER.legal_basis.get(purpose.value) or BASES[purpose]
