"""Words that officers read: refused when they name the family they are about."""

from data_protection.services.texts import mediators_of
from families.forms.nameless import Nameless
from families.services.names import TextCheck


class NamelessAboutFamily(Nameless):
    """Mixin: refuses what names a family of any mediator of the one it is about."""

    def name_checks(self, named):
        return [TextCheck(one, named.municipality) for one in mediators_of(named)]
