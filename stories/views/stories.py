"""The team's pages about stories: the list, the work on one, its agreement and photo."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cases.models import Case
from families.hidden_names import are_hidden
from families.views.names import keep_decision
from families.views.pages import show_names_first
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import Role
from privacy import audit
from privacy.access import signed_in
from stories.differences import marked
from stories.forms.stories import (
    ASKS_WHY,
    AgreementForm,
    DignityForm,
    PhotoForm,
    RemarkForm,
    StoryForm,
)
from stories.leaflet import Leaflet, Size
from stories.models import Story, StoryAgreement, StoryPhoto
from stories.views.public import A_PAGE, published_list
from stories.workflow import NEXT, READERS, Action, ActionNotAllowed, Status

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def story_list(request):
    """What a person of the team works on; for everybody else what is published."""
    user = request.user
    if not (user.is_authenticated and user.has_role(*READERS)):
        return published_list(request)
    stories = Story.objects.visible_to(user).waiting_first(user)
    page = Paginator(
        stories.select_related("municipality", "mediator"), A_PAGE
    ).get_page(request.GET.get("page"))
    waiting = stories.filter(is_waiting=True).count()
    context = {
        "page": page,
        "waiting": [story for story in page if story.is_waiting],
        "waiting_count": waiting,
        "others": [story for story in page if not story.is_waiting],
        "others_count": page.paginator.count - waiting,
        "can_write": user.has_role(Role.MEDIATOR),
    }
    drawn = render(request, "stories/list.html", context)
    audit.record(user, audit.Verb.LIST, Story, rows=len(page))
    return drawn


@role_required(Role.MEDIATOR)
@read_or_write
def story_create(request):
    """„Pastāstīt”: an idea of the mediator's own, or what a closed case tells."""
    story = Story(mediator=request.user)
    _prefill(story, request)
    if are_hidden() and story.case and request.method != "POST":
        return show_names_first(request, story.case)
    form = _form(request, story)
    if form.is_valid():
        return _created(request, form)
    audit.record_opening(request, Story, page="create")
    return _form_page(request, form)


def _prefill(story, request):
    """From a case of the mediator's own; what was typed comes later and counts more."""
    code = request.GET.get("lieta", "")
    case = Case.objects.visible_to(request.user).filter(code=code).first()
    if case:
        story.case, story.family = case, case.family
        story.municipality = case.municipality
        story.title, story.helped = case.title, case.what_helped


def _form(request, story):
    is_own = story.mediator_id == request.user.pk
    return StoryForm(
        request.POST or None,
        instance=story,
        by=request.user,
        # Of a new story nobody knows yet in which municipality it is
        text_check=story.text_check() if is_own and story.municipality_id else None,
    )


def _created(request, form):
    """A double click finds the row that the first click made."""
    known = Story.objects.visible_to(request.user).filter(pk=form.instance.pk).first()
    if known:
        return redirect(known)
    story = form.save(commit=False)
    story.mark = story.mark_of_words()
    story.remember_as_told()
    story.save()
    audit.record(request.user, audit.Verb.CREATE, story)
    messages.success(request, _("Saved. Nobody but you sees it yet."))
    return redirect(story)


@signed_in
@read_or_write
def story_update(request, pk):
    story = get_object_or_404(Story.objects.editable_by(request.user), pk=pk)
    is_own = story.mediator_id == request.user.pk
    if are_hidden() and is_own and request.method != "POST":
        return show_names_first(request, story)
    form = _form(request, story)
    if form.text_check:
        keep_decision(request, form)
    if form.is_valid() and _rewritten(request, form):
        return redirect(story)
    audit.record_opening(request, story, page="update")
    return _form_page(request, form, story=story)


def _rewritten(request, form):
    story = form.instance
    try:
        story.rewrite(by=request.user, read_mark=form.cleaned_data["read_mark"])
    except ActionNotAllowed as reason:
        form.add_error(None, str(reason))
        return False
    audit.record(
        request.user, audit.Verb.UPDATE, story, fields=audit.changed_fields(form)
    )
    messages.success(request, _("Changes saved."))
    return True


def _form_page(request, form, **context):
    status = status_of(form)
    return render(
        request, "stories/form.html", {"form": form, **context}, status=status
    )


@signed_in
@require_safe
def story_detail(request, pk):
    story = _visible(request, pk)
    audit.record(request.user, audit.Verb.READ, story)
    return _page(request, story)


def _visible(request, pk):
    return get_object_or_404(
        Story.objects.visible_to(request.user).select_related(
            "municipality__region", "mediator", "photo"
        ),
        pk=pk,
    )


def _page(request, story, *, dignity=None, remark=None, status=200):
    user = request.user
    actions = story.actions_for(user)
    context = {
        "story": story,
        "actions": actions,
        "can_edit": Story.objects.editable_by(user).contains(story),
        "has_leaflet": Story.objects.visible_to(user).on_paper().contains(story),
        "speaks_for": Action.OBJECT in actions,
        "changes": _changes(story) if Action.OBJECT in actions else [],
        "agreement": story.agreement,
        "dignity": dignity or DignityForm(),
        "remark": remark or RemarkForm(story=story, by=user),
        "too_long": _too_long(story),
        "can_delete": Story.objects.editable_by(user).ideas().contains(story),
        "why_not": _why_not(story),
        "is_own": story.mediator_id == user.pk,
        "events": story.events.select_related("by"),
    }
    return render(request, "stories/story.html", context, status=status)


def _changes(story):
    """Old beside new, with the words that differ."""
    return [(question, *marked(old, new)) for question, old, new in story.changes()]


def _too_long(story):
    """By how many signs for each size of paper, before anybody prints it."""
    leaflet = Leaflet.of(story)
    sizes = [(size.upper(), leaflet.excess(size)) for size in Size]
    return [(size, excess) for size, excess in sizes if excess]


def _why_not(story):
    """What is still missing before the next step."""
    gates = {
        Status.IDEA: (story.why_not_complete, story.why_not_nameless),
        Status.AGREEING: (story.why_not_approved, story.why_not_agreed),
    }.get(story.status, ())
    return [reason for reason in (gate() for gate in gates) if reason]


@signed_in
@require_POST
def story_step(request, pk):
    """One step of the workflow, about the words that were on the screen."""
    story = _visible(request, pk)
    try:
        action = Action(request.POST.get("action", ""))
    except ValueError:
        raise SuspiciousOperation("No such step.") from None
    if not story.is_for(action, request.user):
        raise Http404
    form = DignityForm(request.POST)
    if action == Action.PROPOSE and not form.is_valid():
        return _page(request, story, dignity=form, status=422)
    remark = RemarkForm(request.POST, story=story, by=request.user)
    if action in ASKS_WHY and not remark.is_valid():
        return _page(request, story, remark=remark, status=422)
    comment = remark.cleaned_data["comment"] if action in ASKS_WHY else ""
    try:
        _perform(request, story, action, comment)
    except ActionNotAllowed as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, NEXT[action])
    return redirect("stories:list") if _is_gone(request, pk) else redirect(story)


VERBS = {
    Action.HAND_IN: audit.Verb.SUBMIT,
    Action.RETURN: audit.Verb.RETURN,
    Action.EDIT: audit.Verb.UPDATE,
    Action.PROPOSE: audit.Verb.UPDATE,
    Action.APPROVE: audit.Verb.APPROVE,
    Action.OBJECT: audit.Verb.RETURN,
    Action.PUBLISH: audit.Verb.SEND,
    Action.REMOVE: audit.Verb.WITHDRAW,
}


@transaction.atomic
def _perform(request, story, action, comment):
    mark = request.POST.get("mark", "")
    deed = {
        Action.PROPOSE: story.propose,
        Action.APPROVE: partial(
            story.approve, names_mediator="names_mediator" in request.POST
        ),
    }.get(action) or partial(story.perform, action, comment=comment)
    deed(by=request.user, read_mark=mark)
    audit.record(request.user, VERBS[action], story, step=action.value)


def _is_gone(request, pk):
    """An idea that was given back is its mediator's alone again."""
    return not Story.objects.visible_to(request.user).filter(pk=pk).exists()


@signed_in
@require_POST
def story_delete(request, pk):
    """An idea of one's own, for good."""
    story = get_object_or_404(Story.objects.editable_by(request.user).ideas(), pk=pk)
    audit.record(request.user, audit.Verb.DELETE, story)
    story.delete()
    messages.success(request, _("The idea is deleted."))
    return redirect("stories:list")


@signed_in
@read_or_write
def agreement(request, pk):
    """The mediator writes down what the family said to these words."""
    story = _visible(request, pk)
    if Action.OBJECT not in story.actions_for(request.user):
        raise Http404
    form = AgreementForm(
        request.POST or None,
        instance=StoryAgreement(),
        story=story,
        by=request.user,
    )
    if form.is_valid() and _agreed(request, story, form):
        return redirect(story)
    audit.record_opening(request, story, page="agreement")
    context = {"story": story, "form": form}
    status = status_of(form)
    return render(request, "stories/agreement.html", context, status=status)


def _agreed(request, story, form):
    try:
        StoryAgreement.record(form.save(commit=False), story, by=request.user)
    except ActionNotAllowed as reason:
        form.add_error(None, str(reason))
        return False
    audit.record(request.user, audit.Verb.CONSENT, story)
    messages.success(request, _("Agreement written down."))
    return True


@signed_in
@require_POST
def agreement_withdraw(request, pk):
    """The family takes it back: the story is taken down in the same moment."""
    story = _visible(request, pk)
    if not story.is_for(Action.REMOVE, request.user):
        raise Http404
    StoryAgreement.withdraw(story, by=request.user)
    audit.record(request.user, audit.Verb.WITHDRAW, story, step="agreement")
    messages.success(
        request, _("The agreement is taken back and the story taken down.")
    )
    return redirect(story)


@signed_in
@read_or_write
def photo(request, pk):
    """Choose a picture in place of the present one, or take it away."""
    story = get_object_or_404(Story.objects.editable_by(request.user), pk=pk)
    if "remove" in request.POST:
        StoryPhoto.put(None, story, by=request.user)
        audit.record(request.user, audit.Verb.DELETE, story, field="photo")
        return redirect(story)
    is_sent = request.method == "POST"
    # Asked before the new one below takes its place
    known = getattr(story, "photo", None)
    form = PhotoForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        instance=StoryPhoto(story=story),
        by=request.user,
    )
    if form.is_valid():
        StoryPhoto.put(form.save(commit=False), story, by=request.user)
        audit.record(request.user, audit.Verb.UPDATE, story, field="photo")
        messages.success(request, _("The photo stands beside the story."))
        return redirect(story)
    audit.record_opening(request, story, page="photo")
    context = {"story": story, "form": form, "known": known}
    status = status_of(form)
    return render(request, "stories/photo.html", context, status=status)


@signed_in
@require_safe
def picture(request, pk):
    """The photo as the team sees it before anybody else does."""
    story = _visible(request, pk)
    shown = getattr(story, "photo", None)
    if shown is None:
        raise Http404
    audit.record(request.user, audit.Verb.READ, story, field="photo")
    return HttpResponse(shown.jpeg, content_type="image/jpeg")
