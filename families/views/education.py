"""Where a child learns, year by year."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from families import words
from families.forms.education import EducationForm
from families.models import EducationRecord, FamilyMember
from families.models.education import school_year_of
from families.services import education, looks
from families.views.pages import form_page, read_or_write
from privacy.access import signed_in

YEARS_BACK = 2
"""Earlier school years that may still be written down."""


@signed_in
@read_or_write
def member_education(request, code, pk):
    """The school year of today, or with ``?gads=2024`` one of the two before."""
    member = get_object_or_404(
        FamilyMember.objects.visible_to(request.user).select_related(
            "family__municipality", "relation"
        ),
        family__code=code,
        pk=pk,
    )
    years = offered_years()
    year = _year_of(request.GET.get("gads"), years)
    record = education.record_of(member, year)
    known = EducationRecord.objects.visible_to(request.user).of(member)
    is_new = record._state.adding
    earlier = known.filter(school_year__lt=year).first() if is_new else None
    form = EducationForm(
        request.POST or None, instance=record, member=member, last_year=earlier
    )
    if form.is_valid():
        education.note_education(
            form.save(commit=False),
            member,
            reasons=form.cleaned_data["reasons"],
            by=request.user,
        )
        messages.success(request, _("Education saved."))
        return redirect(f"{member.family.get_absolute_url()}#people")
    looks.record_opening(request, member.family, looks.Part.EDUCATION)
    context = {
        "family": member.family,
        "member": member,
        "year": year,
        "years": years,
        "earlier": earlier,
        "known": known.select_related("level", "institution"),
        "refusal": words.why_no_personal_data(member.family),
    }
    return form_page(request, "education_form", form, **context)


def offered_years():
    """The school year of today and those before it that may be written down."""
    now = school_year_of(timezone.localdate())
    return [now - back for back in range(YEARS_BACK + 1)]


def _year_of(wanted, years):
    if wanted is None:
        return years[0]
    found = [year for year in years if str(year) == wanted]
    if not found:
        raise Http404
    return found[0]
