"""Texts of coordinators: kept, printed or read by many, therefore without families."""

from families.forms import nameless
from reports.names import text_check


class Nameless(nameless.Nameless):
    """Mixin: refuses what names a family of the report's mediator."""

    def get_named(self):
        return self.named_report

    def name_checks(self, named):
        return [text_check(named)]
