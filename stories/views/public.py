"""What anybody may read, signed in or not: without cookies and without being counted."""

import logging

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mediators.trying import may_look
from privacy import audit
from privacy.access import signed_in
from privacy.paper import PdfFailed
from stories.leaflet import Leaflet, Size
from stories.models import Story
from stories.pdf import leaflet_pdf

logger = logging.getLogger(__name__)

A_PAGE = 30
PDFS_A_MINUTE = 10
"""Drawings that one address may ask for: each takes a second of a processor."""
FRESH = "no-cache"
"""May be kept, and has to be asked for anew: a story is gone the moment it is taken down."""


def published_list(request):
    stories = Story.objects.readable_by(request.user).select_related(
        "municipality__region"
    )
    newest_first = stories.order_by("-published_on", "-pk")
    page = Paginator(newest_first, A_PAGE).get_page(request.GET.get("page"))
    return _fresh(render(request, "stories/public_list.html", {"stories": page}))


@login_not_required
@require_safe
@csp_update(settings.FUNDING.POLICY)
def public(request, slug):
    story = _published(request, slug)
    return _fresh(
        render(request, "stories/public.html", {"leaflet": Leaflet.of(story)})
    )


@login_not_required
@require_safe
def public_picture(request, slug):
    story = _published(request, slug)
    photo = getattr(story, "photo", None)
    if photo is None:
        raise Http404
    return _fresh(HttpResponse(photo.jpeg, content_type="image/jpeg"))


@login_not_required
@transaction.non_atomic_requests
@require_safe
def public_pdf(request, slug):
    """The leaflet; not handed over if the story was taken down while it was drawn."""
    story = _published(request, slug)
    with transaction.atomic():
        may = may_look(request, "leaflet", most=PDFS_A_MINUTE)
    if not may:
        return render(request, "429.html", status=429)
    return _pdf(request, story, lambda: _published(request, slug))


@signed_in
@transaction.non_atomic_requests
@require_safe
def preview_pdf(request, pk):
    """The same for the team, before it is published; the paper says that it is a draft."""

    def seen():
        return get_object_or_404(
            _with_all(Story.objects.visible_to(request.user).on_paper()), pk=pk
        )

    story = seen()
    with transaction.atomic():
        audit.record(request.user, audit.Verb.PDF, story)
    return _pdf(request, story, seen)


def _pdf(request, story, seen):
    size = Size.A5 if request.GET.get("izmers") == Size.A5 else Size.A4
    try:
        pdf = leaflet_pdf(Leaflet.of(story), size)
    except PdfFailed:
        logger.exception("The leaflet of story %s could not be drawn", story.pk)
        return render(request, "503.html", status=503)
    if seen().mark != story.mark:
        raise Http404
    name = f"{story.slug or 'stasts'}-{size}.pdf"
    response = HttpResponse(pdf.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return _fresh(response)


def _published(request, slug):
    return get_object_or_404(
        _with_all(Story.objects.readable_by(request.user)), slug=slug
    )


def _with_all(stories):
    return stories.select_related("municipality__region", "mediator", "photo")


def _fresh(response):
    response["Cache-Control"] = FRESH
    return response
