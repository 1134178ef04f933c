"""What a questionnaire asks: its questions, and the scale of its sources."""

import re
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

FORWARD = {"q7", "q8"}
"""Questions of the sources about what should be done: their answers can be recommended."""
REFERENCE = Path(__file__).resolve().parent / "reference" / "questionnaire.toml"
CODE = re.compile(r"[a-z0-9_-]{1,20}")
TEXT_LENGTH = 2000
"""Characters of an open answer."""
OTHER_LENGTH = 300


class Kind(models.TextChoices):
    """How a question is answered."""

    ONE = "one", pgettext_lazy("question", "one of a list")
    SEVERAL = "several", pgettext_lazy("question", "several of a list")
    SCALE = "scale", pgettext_lazy("question", "No / In some cases / Yes")
    TEXT = "text", pgettext_lazy("question", "in own words")


class Scale(models.TextChoices):
    """Three points in the order of the sources; the fourth is counted apart (R217)."""

    NO = "no", pgettext_lazy("scale", "No")
    SOME = "some", pgettext_lazy("scale", "In some cases")
    YES = "yes", pgettext_lazy("scale", "Yes")
    CANNOT_SAY = "cannot_say", pgettext_lazy("scale", "I cannot say")


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    code: str
    lv: str
    en: str

    def __str__(self):
        return self.en if get_language() == "en" else self.lv


@dataclass(frozen=True)
class Question:
    """One question; ``has_other`` adds a line for what is not on the list."""

    code: str
    kind: str
    lv: str
    en: str
    options: tuple[Option, ...] = ()
    has_other: bool = False

    def __str__(self):
        return self.en if get_language() == "en" else self.lv

    @property
    def is_scale(self):
        return self.kind == Kind.SCALE

    @property
    def is_text(self):
        return self.kind == Kind.TEXT

    @property
    def looks_forward(self):
        return self.code in FORWARD

    @property
    def choices(self):
        """``[(code, label)]`` in the order in which they are asked and told."""
        if self.is_scale:
            return list(Scale.choices)
        return [(option.code, str(option)) for option in self.options]


def from_json(rows):
    """Questions as they are stored; ``ValidationError`` where they are none."""
    try:
        questions = [
            Question(
                **row | {"options": tuple(Option(**one) for one in row["options"])}
            )
            for row in rows
        ]
    except (KeyError, TypeError) as problem:
        raise ValidationError(_("These are no questions.")) from problem
    _check(questions)
    return questions


def _check(questions):
    codes = [question.code for question in questions]
    if not questions or len(set(codes)) < len(codes):
        raise ValidationError(
            _("A questionnaire needs questions with different codes.")
        )
    for question in questions:
        options = [option.code for option in question.options]
        if question.kind not in Kind or not question.lv or not question.en:
            raise ValidationError(_("Each question is asked in both languages."))
        if not all(CODE.fullmatch(code) for code in (question.code, *options)):
            raise ValidationError(_("Codes are short words without diacritics."))
        if len(set(options)) < len(options):
            raise ValidationError(_("An answer stands twice in the list."))
        if (question.kind in (Kind.ONE, Kind.SEVERAL)) != bool(options):
            raise ValidationError(_("A list of answers is missing, or is too many."))


def to_json(questions):
    """As the database gives them back: lists, no tuples."""
    return [
        asdict(question) | {"options": [asdict(one) for one in question.options]}
        for question in questions
    ]


@cache
def first_version():
    """The questions of the sources, word for word (R210–R218)."""
    found = tomllib.loads(REFERENCE.read_text(encoding="utf-8"))["question"]
    for row in found:
        row["options"] = [
            dict(zip(("code", "lv", "en"), option, strict=True))
            for option in row.get("options", ())
        ]
    return to_json(from_json(found))
