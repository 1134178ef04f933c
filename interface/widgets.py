"""Controls for a thumb: chips, tiles, a stepper. All are real inputs and need no script."""

from html import escape

from django import forms
from django.db.models import BLANK_CHOICE_DASH
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

NOTHING_CHOSEN = BLANK_CHOICE_DASH[0][1]


class _Drawn:
    """Choices drawn as buttons, each with an optional icon and a second line.

    ``icons`` and ``hints`` map the value of a choice to the name of an icon and to
    the text of the second line. Both may be set later, when they depend on data.
    """

    template_name = "interface/widgets/choices.html"
    box_class = "chips"

    def __init__(self, attrs=None, choices=(), *, icons=None, hints=None):
        super().__init__(attrs, choices)
        self.icons = icons or {}
        self.hints = hints or {}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["box_class"] = self.box_class
        # Django makes a group of each choice that is in none
        widget["options"] = [
            option
            for _group, options, _index in widget["optgroups"]
            for option in options
        ]
        return context

    def optgroups(self, name, value, attrs=None):
        """Django's placeholder for "nothing chosen" is not a choice to press."""
        groups = [
            (
                group,
                [option for option in options if not _is_placeholder(option)],
                index,
            )
            for group, options, index in super().optgroups(name, value, attrs)
        ]
        groups = [group for group in groups if group[1]]
        icons, hints = _text_keys(self.icons), _text_keys(self.hints)
        shown = [option for _group, options, _index in groups for option in options]
        for position, option in enumerate(shown):
            key = str(option["value"])
            option |= {"icon": icons.get(key), "hint": hints.get(key)}
            # A single choice is never wrong by itself: the group carries the error
            option["attrs"].pop("aria-invalid", None)
            # Each stands in its label; to the first leads what is said of an error
            if position:
                option["attrs"].pop("id", None)
            elif attrs and attrs.get("id"):
                option["attrs"]["id"] = f"{attrs['id']}_0"
        return groups


def attributes(attrs):
    """What Django's ``attrs.html`` writes, made at once: a form of many options has hundreds."""
    return mark_safe(  # noqa: S308 -- every part is escaped
        "".join(
            f" {_escaped(name)}"
            if value is True
            else f' {_escaped(name)}="{_escaped(value)}"'
            for name, value in attrs.items()
            if value is not False
        )
    )


def options(widget):
    """The options of a select, each on a line; "nothing chosen" says whether it may stay.

    As with ``attributes``, a template takes ten times as long.
    """
    nothing = _("Choose") if widget["required"] else _("Not chosen")
    lines = []
    for name, rows, _index in widget["optgroups"]:
        if name:
            lines.append(f'<optgroup label="{_escaped(name)}">')
        for row in rows:
            is_named = row["label"] != NOTHING_CHOSEN
            label = _escaped(row["label"] if is_named else nothing)
            value = _escaped(row["value"])
            given = attributes(row["attrs"])
            lines.append(f'<option value="{value}"{given}>{label}</option>')
        if name:
            lines.append("</optgroup>")
    return mark_safe("\n".join(lines))  # noqa: S308 -- every part is escaped


def _escaped(value):
    """As ``conditional_escape``, without what looks whether to wait for a translation."""
    text = str(value)
    return text if hasattr(text, "__html__") else escape(text)


def _text_keys(mapping):
    return {str(key): text for key, text in mapping.items()}


def _is_placeholder(option):
    return option["value"] in ("", None) and str(option["label"]) == NOTHING_CHOSEN


class Chips(_Drawn, forms.RadioSelect):
    """One of a few short words."""


class FoldedChips(Chips):
    """Chips of which only ``shown`` stand open; the others wait behind ``more``.

    With a rare one chosen, or without any ``shown``, all of them stand open.
    """

    template_name = "interface/widgets/folded_chips.html"

    def __init__(self, *args, more, shown=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.more = more
        self.shown = shown

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        options = context["widget"]["options"]
        shown = [option for option in options if str(option["value"]) in self.shown]
        rest = [option for option in options if option not in shown]
        is_open = not shown or any(option["selected"] for option in rest)
        context["widget"] |= {
            "shown": shown,
            "rest": rest,
            "is_open": is_open,
            "more": self.more,
        }
        return context


class ChipBoxes(_Drawn, forms.CheckboxSelectMultiple):
    """Several of a few short words."""


class Tiles(_Drawn, forms.RadioSelect):
    """One of a few things with a drawing: two columns, three on a wide screen."""

    box_class = "tiles"

    def __init__(self, *args, columns=None, **kwargs):
        super().__init__(*args, **kwargs)
        if columns:
            self.box_class = f"tiles tiles--{ {1: 'one', 2: 'two'}[columns] }"


class Stepper(forms.NumberInput):
    """A small number with buttons beside it where scripts run."""

    template_name = "interface/widgets/stepper.html"


class DateInput(forms.DateInput):
    """The calendar of the device, which shows the date in the person's own order."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
