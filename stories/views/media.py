"""The register of publicity: who told what of mediators' work, where and when."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from interface.two_windows import status_of
from mediators.access import role_required
from privacy import audit
from privacy.access import signed_in
from stories.forms.media import MediaFilterForm, MediaItemForm
from stories.models import MediaItem
from stories.workflow import READERS

A_PAGE = 30
WRITERS = tuple(role for role in READERS if role != "lead_mediator")
FILTERS = ("first", "last", "kind", "municipality", "positive")
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(*READERS)
@require_safe
def media_list(request):
    """What fits the filters, the newest first, and how many of each kind."""
    user = request.user
    form = MediaFilterForm(request.GET, by=user)
    items = form.narrow(MediaItem.objects.visible_to(user))
    counts = items.aggregate(
        all=Count("pk"), positive=Count("pk", filter=Q(is_positive=True))
    )
    kinds = (
        items.order_by().values("kind").annotate(number=Count("pk")).order_by("-number")
    )
    terms = {term.pk: term for term in form.fields["kind"].queryset}
    page = Paginator(
        items.select_related("kind", "municipality", "mediator"), A_PAGE
    ).get_page(request.GET.get("page"))
    audit.record(
        user, audit.Verb.LIST, MediaItem, filters=audit.filters(request.GET, *FILTERS)
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rest": query.urlencode(),
        "counts": counts,
        "kinds": [(terms.get(row["kind"]), row["number"]) for row in kinds],
        "editable": set(
            MediaItem.objects.editable_by(user)
            .filter(pk__in=[item.pk for item in page])
            .values_list("pk", flat=True)
        ),
        "can_add": user.has_role(*WRITERS),
    }
    status = 422 if form.errors else 200
    return render(request, "stories/media_list.html", context, status=status)


@role_required(*WRITERS)
@read_or_write
def media_create(request):
    form = MediaItemForm(
        request.POST or None, instance=MediaItem(added_by=request.user), by=request.user
    )
    if form.is_valid():
        item = form.save(commit=False)
        if not MediaItem.objects.visible_to(request.user).filter(pk=item.pk).exists():
            item.save(force_insert=True)
            audit.record(request.user, audit.Verb.CREATE, item)
        messages.success(request, _("Added to the register."))
        return redirect("stories:media")
    audit.record_opening(request, MediaItem, page="create")
    return _form_page(request, form)


@signed_in
@read_or_write
def media_update(request, pk):
    item = get_object_or_404(MediaItem.objects.editable_by(request.user), pk=pk)
    form = MediaItemForm(request.POST or None, instance=item, by=request.user)
    if form.is_valid():
        form.save()
        audit.record(
            request.user, audit.Verb.UPDATE, item, fields=audit.changed_fields(form)
        )
        messages.success(request, _("Changes saved."))
        return redirect("stories:media")
    audit.record_opening(request, item)
    return _form_page(request, form, item=item)


@signed_in
@require_POST
def media_delete(request, pk):
    item = get_object_or_404(MediaItem.objects.editable_by(request.user), pk=pk)
    audit.record(request.user, audit.Verb.DELETE, item)
    item.delete()
    messages.success(request, _("Taken out of the register."))
    return redirect("stories:media")


def _form_page(request, form, **context):
    status = status_of(form)
    return render(
        request, "stories/media_form.html", {"form": form, **context}, status=status
    )
