"""Is this document genuine? For whoever holds a report on paper or as a file.

The answers say which version it is and how to compare it, never what it says.
"""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from reports.forms.checking import CodeForm, PaperForm, SeeFilesPass
from reports.models import ReportVersion
from reports.snapshot import Snapshot


@login_not_required
@require_safe
def verify(request):
    """Where somebody with a printed report types its code, or hands over the file."""
    form = CodeForm(request.GET or None)
    if form.is_valid():
        return redirect("reports:verify-code", form.cleaned_data["code"])
    return _page(request, form=form, status=422 if form.errors else 200)


@login_not_required
@require_safe
def verify_code(request, code):
    """Whether a document with this code was issued."""
    form = CodeForm({"code": code})
    code = form.cleaned_data["code"] if form.is_valid() else ""
    version = ReportVersion.objects.with_code(code).first()
    return _answer(request, version)


# Nothing is stored and no cookie decides anything, so a forged request gains nothing;
# and checking its token would read the file before the handler is set.
@csrf_exempt
@transaction.non_atomic_requests
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request):
    """Whether this PDF is, byte for byte, one that was issued.

    Receiving it may take long, and on SQLite a transaction would make everybody wait.
    """
    if request.method != "POST":
        return redirect("reports:verify")
    if not ratelimit.consume(request, action="check_file"):
        return ratelimit.respond_429(request)
    request.upload_handlers = [SeeFilesPass(request)]
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, paper_form=form, status=422)
    sha256 = form.cleaned_data["paper"].sha256
    version = ReportVersion.objects.with_pdf(sha256).first()
    return _answer(request, version, is_file=True)


def _answer(request, version, *, is_file=False):
    if version is None:
        return _page(request, is_unknown=True, is_file=is_file, status=404)
    chain_end = Snapshot.from_json(version.snapshot).chain_end
    return _page(request, version=version, chain_end=chain_end, is_file=is_file)


def _page(request, *, status=200, **context):
    context = {"form": CodeForm(), "paper_form": PaperForm()} | context
    return render(request, "reports/verify.html", context, status=status)
