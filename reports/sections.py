"""The sections of a monthly report, in the order of the sources (R193–R200).

The report page, the check page, the review, the PDF and the snapshot read this list.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """One part of the report.

    ``key`` is stored, ``slug`` stands in the address; ``max_length`` counts
    characters; ``lines`` means that each line is one item (a list of plans);
    ``starters`` are beginnings of a sentence for who does not know how to begin.
    """

    key: str
    slug: str
    title: Promise
    question: Promise
    example: Promise
    max_length: int
    is_required: bool = True
    lines: int = 0
    starters: tuple[Promise, ...] = ()


PLANS_KEY = "plans"

NARRATIVE = (
    Section(
        "directions",
        "virzieni",
        _("Main directions of work"),
        _("What did you work on most this month, and why?"),
        _(
            "Most of the work was about school: with two families we went to the first "
            "lessons together."
        ),
        600,
        starters=(
            _("Most of the work was …"),
            _("This month I began …"),
            _("Families asked for …"),
        ),
    ),
    Section(
        "hardest",
        "sarezgitakais",
        _("The hardest"),
        _("What was the hardest, and what stood in the way?"),
        _(
            "The hardest was housing: two families have rent debts and cannot stay in the queue."
        ),
        600,
        starters=(
            _("The hardest was …"),
            _("What stood in the way was …"),
            _("I would need …"),
        ),
    ),
    Section(
        "innovation",
        "inovacija",
        _("Innovation"),
        _("Did you try something new?"),
        _(
            "For the first time parents and teachers talked in the library, not at school."
        ),
        400,
        is_required=False,
        starters=(_("For the first time …"), _("A new idea: …")),
    ),
    Section(
        "positive",
        "rezultats",
        _("Positive result"),
        _("What went well?"),
        _("Four children who hardly came to school in September learned every week."),
        600,
        starters=(
            _("We managed to …"),
            _("It got better that …"),
            _("The family itself …"),
        ),
    ),
    Section(
        PLANS_KEY,
        "plani",
        _("Plans for next month"),
        _("What do you want to do next month? One thing a line."),
        _("Parents' meeting at the school"),
        600,
        lines=5,
    ),
)
SECTION_KEYS = tuple(section.key for section in NARRATIVE)
BY_KEY = {section.key: section for section in NARRATIVE}
BY_SLUG = {section.slug: section for section in NARRATIVE}

FIGURES_KEY = "figures"
SUPPORT_KEY = "support"
FIGURES_TITLE = _("Figures from the log")
SUPPORT_TITLE = _("Support needed from the municipality")
REVIEWED = (
    (FIGURES_KEY, FIGURES_TITLE),
    *((section.key, section.title) for section in NARRATIVE),
    (SUPPORT_KEY, SUPPORT_TITLE),
)
"""What a coordinator reads and comments on, in the order of the page."""
