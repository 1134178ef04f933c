"""The life of a good-practice story: who may do what, from where to where.

This table is the whole policy: the buttons are drawn from it, ``perform`` enforces it.
What has to be true of the words themselves is said by ``stories.models.gates``.
"""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import COORDINATING, Role


class Status(models.TextChoices):
    IDEA = "idea", pgettext_lazy("story status", "Idea")
    WRITTEN = "written", pgettext_lazy("story status", "Written")
    EDITING = "editing", pgettext_lazy("story status", "Being edited")
    AGREEING = "agreeing", pgettext_lazy("story status", "Being agreed on")
    PUBLISHED = "published", pgettext_lazy("story status", "Published")
    REMOVED = "removed", pgettext_lazy("story status", "Taken down")


STATUS_TAGS = {
    Status.IDEA: ("grey", "circle-dashed"),
    Status.WRITTEN: ("blue", "pencil"),
    Status.EDITING: ("amber", "pencil"),
    Status.AGREEING: ("amber", "users"),
    Status.PUBLISHED: ("green", "circle-check"),
    Status.REMOVED: ("grey", "eye-off"),
}
"""Colour and icon of a status, for every place that shows one."""


class Action(models.TextChoices):
    HAND_IN = "hand_in", pgettext_lazy("story action", "Hand over to the editors")
    RETURN = "return", pgettext_lazy("story action", "Give back to the mediator")
    EDIT = "edit", pgettext_lazy("story action", "Edit the words")
    PROPOSE = "propose", pgettext_lazy("story action", "Ask for agreement")
    APPROVE = "approve", pgettext_lazy("story action", "I approve these words")
    OBJECT = "object", pgettext_lazy("story action", "Something has to change")
    PUBLISH = "publish", pgettext_lazy("story action", "Publish")
    REMOVE = "remove", pgettext_lazy("story action", "Take down")


DONE = {
    Action.HAND_IN: pgettext_lazy("in the history of a story", "Handed over"),
    Action.RETURN: pgettext_lazy("in the history of a story", "Given back"),
    Action.EDIT: pgettext_lazy("in the history of a story", "Taken up for editing"),
    Action.PROPOSE: pgettext_lazy("in the history of a story", "Sent for agreement"),
    Action.APPROVE: pgettext_lazy("in the history of a story", "Words approved"),
    Action.OBJECT: pgettext_lazy("in the history of a story", "Change asked for"),
    Action.PUBLISH: pgettext_lazy("in the history of a story", "Published"),
    Action.REMOVE: pgettext_lazy("in the history of a story", "Taken down"),
}
"""What the history says of a step."""

NEXT = {
    Action.HAND_IN: _("Handed over. The coordinator reads it next."),
    Action.RETURN: _("Given back. The mediator is next."),
    Action.EDIT: _("The words are yours to edit now. Then ask for agreement."),
    Action.PROPOSE: _(
        "Sent. The mediator is next: to approve the words and to ask the family."
    ),
    Action.APPROVE: _(
        "Approved. The project’s staff publish it once the family agreed."
    ),
    Action.OBJECT: _("Sent. The editors are next: they read what should be different."),
    Action.PUBLISH: _("Published. Anybody can read it now."),
    Action.REMOVE: _(
        "Taken down. Nobody outside the team can read it; the editors can take it up again."
    ),
}
"""Who is next after a step, for whoever took it."""

EDITORS = (*COORDINATING, Role.PROJECT_STAFF)
READERS = (Role.MEDIATOR, *EDITORS, Role.LEAD_MEDIATOR)


class Gate(models.TextChoices):
    """What has to be true of a story before a step; each is a method of the model."""

    COMPLETE = "complete"
    NAMELESS = "nameless"
    DIGNIFIED = "dignified"
    APPROVED = "approved"
    AGREED = "agreed"


class Rule(NamedTuple):
    """One arrow: from these statuses to that one, by somebody with one of the roles."""

    sources: tuple[Status, ...]
    target: Status
    roles: tuple[Role, ...]
    gates: tuple[Gate, ...] = ()


RULES = {
    Action.HAND_IN: Rule(
        (Status.IDEA,),
        Status.WRITTEN,
        (Role.MEDIATOR,),
        (Gate.COMPLETE, Gate.NAMELESS),
    ),
    Action.EDIT: Rule(
        (Status.WRITTEN, Status.AGREEING, Status.PUBLISHED, Status.REMOVED),
        Status.EDITING,
        EDITORS,
    ),
    Action.RETURN: Rule((Status.WRITTEN, Status.EDITING), Status.IDEA, EDITORS),
    Action.PROPOSE: Rule(
        (Status.EDITING,),
        Status.AGREEING,
        EDITORS,
        (Gate.COMPLETE, Gate.NAMELESS, Gate.DIGNIFIED),
    ),
    Action.APPROVE: Rule((Status.AGREEING,), Status.AGREEING, (Role.MEDIATOR,)),
    Action.OBJECT: Rule((Status.AGREEING,), Status.EDITING, (Role.MEDIATOR,)),
    Action.PUBLISH: Rule(
        (Status.AGREEING,),
        Status.PUBLISHED,
        (Role.PROJECT_STAFF,),
        (Gate.COMPLETE, Gate.NAMELESS, Gate.DIGNIFIED, Gate.APPROVED, Gate.AGREED),
    ),
    Action.REMOVE: Rule(
        # An idea is its mediator's alone and may hold names: it is deleted, not taken down
        (Status.WRITTEN, Status.EDITING, Status.AGREEING, Status.PUBLISHED),
        Status.REMOVED,
        (Role.MEDIATOR, *EDITORS),
    ),
}


class Dignity(models.TextChoices):
    """What an editor looks for before others read about a family (all of them)."""

    NOT_SAVED = "not_saved", _("Nobody is “saved” in it")
    NO_PITY = "no_pity", _("It asks for no pity")
    NO_STEREOTYPE = "no_stereotype", _("No stereotype about Roma, good or bad")
    ACTS = "acts", _("The person acts; things do not just happen to them")
    INSTITUTION = "institution", _("What the institution did is named")
    PROUD = "proud", _("The family would be proud to see it")


class ActionNotAllowed(Exception):
    """The step does not fit the status, the role or the words; says why in words."""
