"""The register of processing (GDPR 30), made of the inventory and the configuration."""

import logging

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from data_protection.register import MEASURES, activities
from data_protection.services.subject_export import Document
from mediators.access import fresh_proof_required, role_required
from mediators.models import Role
from privacy import audit
from privacy.models import AuditEntry
from reports.pdf import PdfFailed, document_pdf

logger = logging.getLogger(__name__)


@role_required(Role.DATA_PROTECTION_OFFICER)
@require_safe
def register(request):
    context = {
        "activities": activities(),
        "controller": settings.CONTROLLER,
        "measures": MEASURES,
    }
    return render(request, "data_protection/register.html", context)


@transaction.non_atomic_requests
@role_required(Role.DATA_PROTECTION_OFFICER)
@require_POST
@fresh_proof_required
def register_pdf(request):
    with translation.override("lv"):
        document = Document(_("Register of processing"), timezone.localtime())
        context = {
            "document": document,
            "activities": activities(),
            "controller": settings.CONTROLLER,
            "measures": MEASURES,
        }
        try:
            pdf = document_pdf("data_protection/pdf/register.html", context)
        except PdfFailed:
            logger.exception("The register could not be made")
            messages.error(
                request, _("The document could not be made. Try again later.")
            )
            return redirect("data_protection:register")
    with transaction.atomic():
        audit.record(request.user, audit.Verb.EXPORT, AuditEntry, document="register")
    return HttpResponse(
        pdf.content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="Apstrades_registrs.pdf"'
        },
    )
