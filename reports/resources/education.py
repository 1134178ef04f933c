"""Education statistics as sheets: known children, typed counts, and shares apart."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reports.resources.columns import Column, Sheet, Type
from reports.small_numbers import HELD_BACK, Shown


def _division():
    return Column(
        pgettext_lazy("column", "Divided"),
        Type.CHOICE,
        "division",
        width=26,
        description=_("In which way the children are divided."),
    )


def _value():
    return Column(
        pgettext_lazy("column", "Value"),
        Type.CHOICE,
        "value",
        width=52,
        description=_("One value of the division."),
        note=_(
            "“In total” and “Children who learn” are no values: leave them out of a pivot "
            "table. A child may have several reasons of absence."
        ),
    )


def _number():
    return Column(
        pgettext_lazy("column", "Children"),
        Type.NUMBER,
        "number",
        width=10,
        description=_("How many children."),
        note=_("Small counts are not told."),
    )


class KnownChildrenResource(Sheet):
    """Single children whom mediators know; ``scope`` is ``EducationStatistics``."""

    title = pgettext_lazy("sheet", "Known children")
    table = "tbl_berni"

    division = _division()
    value = _value()
    number = _number()

    def get_queryset(self):
        rows = []
        for table in self.scope.learning:
            shown, total = table.told
            rows += [
                {"division": table.title, "value": label, "number": cell.cell}
                for _value, label, cell in shown
            ]
            rows.append(
                {
                    "division": table.title,
                    "value": table.total_label,
                    "number": total.cell,
                }
            )
        not_learning = Shown(self.scope.not_learning)
        rows.append(
            {
                "division": gettext("In no education"),
                "value": gettext("In total"),
                "number": not_learning.cell,
            }
        )
        return rows


class TypedCountsResource(Sheet):
    """What others counted, with who they are; girls and boys of all together alone."""

    title = pgettext_lazy("sheet", "Counts of others")
    table = "tbl_citu_skaitli"

    source = Column(
        pgettext_lazy("column", "Of whom, by whom"),
        Type.CHOICE,
        "source",
        width=36,
        description=_("Which children were counted, and the source of the number."),
    )
    division = _division()
    value = _value()
    number = _number()

    def get_queryset(self):
        return [
            {"source": one.title, "division": division, "value": value, "number": cell}
            for one in self.scope.counted
            for division, value, cell in _told_by(one)
        ]


def _told_by(one):
    if one.all:
        yield (
            one.all.get_division_display(),
            gettext("In total"),
            _cell(one, one.all.number),
        )
        yield from _girls_and_boys(one)
    for table in one.tables.values():
        shown, total = table.told
        for (_value, label, number), (*_same, cell) in zip(
            table.rows, shown, strict=True
        ):
            yield table.title, label, number if one.is_about_everybody else cell.cell
        told = table.total if one.is_about_everybody else total.cell
        yield table.title, gettext("In total"), told


def _girls_and_boys(one):
    numbers = [one.all.girls, one.all.boys]
    if None in numbers:
        return
    rest = one.all.number - sum(numbers)
    is_open = all(Shown(number).is_open for number in [*numbers, rest])
    if one.is_about_everybody or is_open:
        yield gettext("By sex"), gettext("Girls"), one.all.girls
        yield gettext("By sex"), gettext("Boys"), one.all.boys


def _cell(one, number):
    return number if one.is_about_everybody else Shown(number).cell


class SharesResource(Sheet):
    """Shares of children who learn apart from the others, beside those of all children."""

    title = pgettext_lazy("sheet", "Apart from others")
    table = "tbl_nodaliti"

    what = Column(
        pgettext_lazy("column", "Where"),
        Type.CHOICE,
        "what",
        width=52,
        description=_("A programme, group or institution apart from other children."),
    )
    whose = Column(
        pgettext_lazy("column", "Of whom, by whom"),
        Type.CHOICE,
        "whose",
        width=36,
        description=_("Which children were counted, and the source of the number."),
    )
    number = _number()
    of = Column(
        pgettext_lazy("column", "Of"),
        Type.NUMBER,
        "of",
        width=10,
        description=_(
            "How many children were counted by this source in this division."
        ),
    )
    share = Column(
        pgettext_lazy("column", "Share"),
        Type.TEXT,
        "share",
        width=10,
        description=_("The number as a share; not told where either number is not."),
    )

    def get_queryset(self):
        return [
            {
                "what": share.what,
                "whose": share.whose,
                "number": share.number if share.is_open else HELD_BACK,
                "of": share.of if share.is_open else HELD_BACK,
                "share": share.percent if share.is_open else HELD_BACK,
            }
            for share in self.scope.shares
        ]
