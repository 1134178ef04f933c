"""Answers by a tap: chips with one way out, tiles and selects that a script can search."""

import copy

from django import forms

from interface.widgets import ChipBoxes, Tiles
from municipalities.areas import MAIN_AREAS

OTHER = "other"
LONGEST_COUNT = 9
"""Digits; more would not be minutes."""


class ChipsOrOther(forms.Widget):
    """Chips for the frequent answers, and inputs for all others.

    Posts ``name`` and the inputs as ``name_<suffix>``. The value is one plain text,
    whichever way it was given: what was picked by hand wins over a chip, and
    a plain value that no chip has is shown in the inputs. Without a script both
    are visible; with one the inputs open with the chip “other”.
    """

    template_name = "cases/widgets/chips_or_other.html"
    use_fieldset = True

    def __init__(self, chips, inputs, *, attrs=None):
        """``inputs``: ``{suffix: (label, widget)}``."""
        super().__init__(attrs)
        self.chips = chips
        self.inputs = inputs

    def __deepcopy__(self, memo):
        new = super().__deepcopy__(memo)
        new.chips = copy.deepcopy(self.chips, memo)
        new.inputs = copy.deepcopy(self.inputs, memo)
        return new

    def id_for_label(self, id_):
        return ""

    def value_from_datadict(self, data, files, name):
        given = [data.get(f"{name}_{suffix}") or "" for suffix in self.inputs]
        if any(given):
            return self.join(given)
        return self.chips.value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def join(self, given):
        """One plain text out of what stands in the inputs."""
        return given[0]

    def split(self, value):
        """The other way round, for showing a value that no chip has."""
        return [value]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        value = "" if value is None else str(value)
        id_ = context["widget"]["attrs"].get("id", name)
        has_chip = value in {str(key) for key, _label in self.chips.choices} | {""}
        parts = self.split("" if has_chip else value)
        context["widget"]["chips"] = self.chips.get_context(
            name, value if has_chip else OTHER, {"id": id_}
        )["widget"]
        context["widget"]["inputs"] = [
            (label, self._input(widget, f"{name}_{suffix}", part, f"{id_}_{suffix}"))
            for (suffix, (label, widget)), part in zip(
                self.inputs.items(), parts, strict=True
            )
        ]
        return context

    @staticmethod
    def _input(widget, name, value, id_):
        return widget.get_context(name, value, {"id": id_})["widget"]


class MinutesOrOther(ChipsOrOther):
    """Minutes by chips, or hours and minutes in two inputs."""

    def join(self, given):
        """Minutes; what is no number stays as it is, so that the field refuses it."""
        hours, minutes = (part.strip() for part in given)
        if _is_count(hours + minutes):
            return str(int(hours or 0) * 60 + int(minutes or 0))
        return f"{hours}:{minutes}"

    def split(self, value):
        if _is_count(value):
            hours, minutes = divmod(int(value), 60)
            return [str(hours or ""), str(minutes)]
        hours, _colon, minutes = value.rpartition(":")
        return [hours, minutes]


def _is_count(text):
    return text.isdecimal() and len(text) <= LONGEST_COUNT


class Described:
    """Options that carry data for the script: ``described[value] = {"area": …}``."""

    described: dict = {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        for key, text in self.described.get(str(value), {}).items():
            option["attrs"][f"data-{key}"] = text
        return option


class DescribedSelect(Described, forms.Select):
    """A select that a script can turn into a search."""


class DescribedTiles(Described, Tiles):
    """Tiles that a script can sort."""


class AreaBoxes(ChipBoxes):
    """The frequent areas as chips, the others folded under one more."""

    template_name = "cases/widgets/area_boxes.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        options = context["widget"]["options"]
        main = [option for option in options if option["value"] in MAIN_AREAS]
        rest = [option for option in options if option["value"] not in MAIN_AREAS]
        context["widget"]["main"], context["widget"]["rest"] = main, rest
        context["widget"]["is_open"] = any(option["selected"] for option in rest)
        return context
