from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self):
        """The lists of this room join those that can be imported, which stand below it."""
        from evaluation.recommendation_table import (  # noqa: PLC0415 -- needs models
            RecommendationTable,
        )
        from imports.models import Kind  # noqa: PLC0415 -- as above
        from imports.resources import TABLES  # noqa: PLC0415 -- as above

        TABLES[Kind.RECOMMENDATIONS] = RecommendationTable
