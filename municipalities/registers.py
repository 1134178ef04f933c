"""What stands on a page as lists of rows: declared once, for page, form and address.

A further list of a municipality is a model with ``heading`` and ``details``, a form and
one ``Register`` here; the person's page in ``mediators`` is made the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from municipalities import support_forms as forms


@dataclass(frozen=True)
class Register:
    """One list: ``key`` stands in the address, ``fixed`` is the same in all its rows,
    ``reads`` is what a row names of other tables.
    """

    key: str
    form: type
    title: Promise
    add: Promise
    nothing: Promise
    icon: str
    fixed: dict = field(default_factory=dict)
    reads: tuple[str, ...] = ()

    @property
    def model(self):
        return self.form._meta.model

    def new(self, **facts):
        """A row that is not stored yet."""
        return self.model(**self.fixed, **facts)

    def rows(self, queryset):
        """Those of a scope that belong on this list."""
        return queryset.filter(**self.fixed)


@dataclass(frozen=True)
class Section:
    """A register as one page shows it."""

    register: Register
    rows: list
    former: list
    may_add: bool
    editable: frozenset


def sections(registers, visible, editable, may_add: Callable, *, names_officials=False):
    """The lists of a page; ``visible`` and ``editable`` give the scope of a model."""
    for register in registers:
        seen = register.rows(visible(register.model))
        rows = list(seen.prefetch_related(*register.reads))
        for row in rows:
            row.names_officials = names_officials
        keys = register.rows(editable(register.model)).values_list("pk", flat=True)
        yield Section(
            register,
            [row for row in rows if not row.is_over],
            [row for row in rows if row.is_over],
            may_add(register),
            frozenset(keys),
        )


def coordinates(user, municipality):
    return user.coordinated_municipalities().filter(pk=municipality.pk).exists()


def supports(user, municipality):
    return user.supported_municipalities().filter(pk=municipality.pk).exists()


@dataclass(frozen=True)
class PlaceRegister(Register):
    """A list of a municipality; ``by`` says who adds rows."""

    by: Callable = coordinates

    def new_in(self, municipality):
        """Decisions reach their municipality through the meeting."""
        has_place = any(f.name == "municipality" for f in self.model._meta.fields)
        return self.new(**({"municipality": municipality} if has_place else {}))


REGISTERS = (
    PlaceRegister(
        key="telpas",
        form=forms.PremisesForm,
        title=_("Rooms and transport"),
        add=_("Add a room"),
        nothing=_("It is not noted yet where mediators can talk with people."),
        icon="building-community",
        reads=("room", "transport"),
    ),
    PlaceRegister(
        key="finansejums",
        form=forms.FundingLineForm,
        title=_("Co-financing and budget"),
        add=_("Add a source of funding"),
        nothing=_("It is not noted yet who pays."),
        icon="briefcase",
        reads=("source",),
    ),
    PlaceRegister(
        key="dalibas",
        form=forms.MembershipForm,
        title=_("Networks and associations"),
        add=_("Add a membership"),
        nothing=_("No network has been joined yet."),
        icon="friends",
    ),
    PlaceRegister(
        key="plani",
        form=forms.CityPlanForm,
        title=_("Plans of the municipality"),
        add=_("Add a plan"),
        nothing=_("No plan is noted yet."),
        icon="file-text",
    ),
    PlaceRegister(
        key="grupa",
        form=forms.GroupMemberForm,
        title=_("Inter-institutional group"),
        add=_("Add a member"),
        nothing=_("The group has no members yet."),
        icon="users-group",
        reads=("contact__institution",),
    ),
    PlaceRegister(
        key="sanaksmes",
        form=forms.GroupMeetingForm,
        title=_("Meetings of the group"),
        add=_("Add a meeting"),
        nothing=_("The group has not met yet."),
        icon="calendar-due",
        reads=("present__institution",),
    ),
    PlaceRegister(
        key="lemumi",
        form=forms.GroupDecisionForm,
        title=_("Decisions and tasks of the group"),
        add=_("Add a decision"),
        nothing=_("Nothing has been decided yet."),
        icon="circle-check",
        reads=("institution",),
    ),
    PlaceRegister(
        key="atbalsta-vizites",
        form=forms.SupportVisitForm,
        title=_("Support visits of project management"),
        add=_("Add a support visit"),
        nothing=_("There was no support visit yet."),
        icon="heart-handshake",
        fixed={"kind": forms.SUPPORT},
        by=supports,
    ),
    PlaceRegister(
        key="pieredzes-apmaina",
        form=forms.ExchangeVisitForm,
        title=_("Exchange of experience with other municipalities"),
        add=_("Add a visit"),
        nothing=_("There was no visit of exchange yet."),
        icon="walk",
        fixed={"kind": forms.EXCHANGE},
        reads=("municipality", "other_place"),
    ),
)
BY_KEY = {register.key: register for register in REGISTERS}
