"""Institutions and the officials who work there."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interface.latvian import latvian_order
from interface.searching import asked_word, keep_word, rest_of_address
from municipalities import services
from municipalities.forms import (
    ContactEditForm,
    ContactForm,
    InstitutionEditForm,
    InstitutionForm,
)
from municipalities.models import Institution, InstitutionContact
from privacy import audit
from privacy.access import signed_in
from privacy.fold import best_first

A_PAGE = 40
LATEST = 10
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def municipal_only(view):
    """Officials' names are for people who work in a municipality; 404 for others."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.user.own_municipalities().exists():
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(checked)


@municipal_only
@read_or_write
def contact_list(request):
    if request.method == "POST":
        return keep_word(request)
    query = asked_word(request)
    found = _find(request.user, query)
    page = Paginator([one for one in found if one.is_active], A_PAGE).get_page(
        request.GET.get("page")
    )
    audit.record(
        request.user,
        audit.Verb.LIST,
        Institution,
        count=len(found),
        filters=["q"] if query else [],
    )
    return render(
        request,
        "municipalities/contact_list.html",
        {
            "page": page,
            "gone": [one for one in found if not one.is_active],
            "query": query,
            "rest": rest_of_address(query),
        },
    )


def _find(user, query):
    """Institutions whose name, type or people fit the query, the best first.

    Among equally good ones the latest contact comes first if something is looked for,
    then the name.
    """
    people = InstitutionContact.objects.visible_to(user).active()
    institutions = (
        Institution.objects.visible_to(user)
        .with_cooperation_of(user, timezone.localdate())
        .select_related("type", "municipality")
        .prefetch_related(Prefetch("contacts", people, to_attr="people"))
    )
    for institution in institutions:
        institution.people.sort(key=lambda person: latvian_order(person.name))
    likely = sorted(
        institutions,
        key=lambda one: (
            -one.last_contact.toordinal() if query and one.last_contact else 0,
            latvian_order(one.name),
        ),
    )
    return best_first(query, likely, _texts_of)


def _texts_of(institution):
    yield institution.name
    yield str(institution.type or "")
    for person in institution.people:
        yield person.name
        yield person.post


@municipal_only
@require_safe
def institution_detail(request, pk):
    institution = get_object_or_404(
        Institution.objects.visible_to(request.user)
        .with_cooperation_of(request.user, timezone.localdate())
        .select_related("type", "municipality"),
        pk=pk,
    )
    people = sorted(
        institution.contacts.all(), key=lambda person: latvian_order(person.name)
    )
    visits = institution.visits.visible_to(request.user).filter(mediator=request.user)
    audit.record(request.user, audit.Verb.READ, institution)
    context = {
        "institution": institution,
        "people": [person for person in people if person.is_active],
        "former": [person for person in people if not person.is_active],
        "visits": visits.select_related("contact")[:LATEST],
        "can_edit": Institution.objects.editable_by(request.user)
        .filter(pk=institution.pk)
        .exists(),
    }
    return render(request, "municipalities/institution_detail.html", context)


@municipal_only
@read_or_write
def institution_create(request):
    form = InstitutionForm(request.POST or None, person=request.user)
    if form.is_valid():
        institution = services.add_institution(form.save(commit=False), by=request.user)
        messages.success(request, _("Institution added. Now add its people."))
        return redirect("municipalities:institution-detail", pk=institution.pk)
    return _form_page(request, "institution_form", form)


@municipal_only
@read_or_write
def institution_update(request, pk):
    institution = get_object_or_404(
        Institution.objects.editable_by(request.user), pk=pk
    )
    form = InstitutionEditForm(
        request.POST or None, instance=institution, person=request.user
    )
    if form.is_valid():
        form.save()
        _record_update(request, institution, form)
        return redirect("municipalities:institution-detail", pk=institution.pk)
    audit.record_opening(request, institution, page="update")
    return _form_page(request, "institution_form", form, institution=institution)


@municipal_only
@read_or_write
def contact_create(request, pk):
    institution = get_object_or_404(Institution.objects.visible_to(request.user), pk=pk)
    form = ContactForm(
        request.POST or None,
        instance=InstitutionContact(institution=institution),
        person=request.user,
    )
    if form.is_valid():
        services.add_contact(form.save(commit=False), by=request.user)
        messages.success(request, _("Person added."))
        return redirect("municipalities:institution-detail", pk=institution.pk)
    audit.record_opening(request, institution, page="contact")
    return _form_page(request, "contact_form", form, institution=institution)


@municipal_only
@read_or_write
def contact_update(request, pk):
    contact = get_object_or_404(
        InstitutionContact.objects.editable_by(request.user).select_related(
            "institution"
        ),
        pk=pk,
    )
    form = ContactEditForm(request.POST or None, instance=contact, person=request.user)
    if form.is_valid():
        form.save()
        _record_update(request, contact, form)
        return redirect("municipalities:institution-detail", pk=contact.institution_id)
    audit.record_opening(request, contact)
    return _form_page(
        request,
        "contact_form",
        form,
        institution=contact.institution,
        contact=contact,
    )


def _record_update(request, row, form):
    audit.record(
        request.user, audit.Verb.UPDATE, row, fields=audit.changed_fields(form)
    )
    messages.success(request, _("Changes saved."))


def _form_page(request, template, form, **context):
    return render(
        request,
        f"municipalities/{template}.html",
        {"form": form, **context},
        status=422 if form.errors else 200,
    )
