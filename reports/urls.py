from django.urls import path

from reports import addresses  # noqa: F401 -- registers the converters
from reports.api import urls as for_programs
from reports.models import DocumentKind
from reports.views import (
    api_tokens,
    asks,
    checking,
    delivery,
    documents,
    education,
    evaluation,
    exports,
    meeting,
    names,
    overview,
    plan,
    regions,
    results,
    review,
    targets,
    writing,
)

app_name = "reports"

# The report: writing, checking, reviewing
REPORT = "atskaites/<slug:desk>/<month:month>/"
urlpatterns = [
    path("atskaites/", overview.report_list, name="list"),
    path("atskaites/<slug:prefix>/<month:month>/sakt/", overview.start, name="start"),
    path(REPORT, writing.report, name="report"),
    path(f"{REPORT}skaitli/", writing.figures, name="figures"),
    path(f"{REPORT}atbalsts/", writing.support, name="support"),
    path(f"{REPORT}<part:part>/", writing.section, name="section"),
    path(f"{REPORT}plani/<int:number>/", plan.plan_line, name="plan-line"),
    path(f"{REPORT}parbaudit/", writing.check, name="check"),
    path(f"{REPORT}parbaudit/vardi/", names.name_fix, name="name-fix"),
    path(f"{REPORT}darbiba/", review.action, name="action"),
    path(f"{REPORT}parskatit/", review.review, name="review"),
    path(f"{REPORT}parskatit/apstiprinat/", review.approval, name="approve"),
    path(f"{REPORT}parskatit/parnemt/", review.take_over, name="take-over"),
    path(f"{REPORT}parskatit/lugumi/", review.owners, name="owners"),
    path(f"{REPORT}parskatit/piezime/", review.note, name="note"),
    path(
        f"{REPORT}parskatit/<slug:key>/kartiba/",
        review.section_accept,
        name="section-accept",
    ),
    path(f"{REPORT}komentari/", review.comment, name="comment"),
    path(f"{REPORT}komentari/<uuid:pk>/", review.comment_update, name="comment-update"),
    path(
        f"{REPORT}komentari/<uuid:pk>/dzest/",
        review.comment_delete,
        name="comment-delete",
    ),
    path(f"{REPORT}atvert/", review.reopen, name="reopen"),
    path(f"{REPORT}vesture/", overview.history, name="history"),
]

# After the approval: PDF, mail, the page behind the link, the check of a code or file
urlpatterns += [
    path(f"{REPORT}pdf/", delivery.pdf, name="pdf"),
    path(f"{REPORT}pdf/v<int:number>.pdf", delivery.pdf_version, name="pdf-version"),
    path(f"{REPORT}tiksanas/", meeting.meeting, name="meeting"),
    path(f"{REPORT}nosutit/", delivery.send, name="send"),
    path(f"{REPORT}sutijumi/<uuid:pk>/beigt/", delivery.revoke, name="revoke"),
    path("s/<str:token>/", delivery.public, name="public"),
    path("s/<str:token>/pdf/", delivery.public_pdf, name="public-pdf"),
    path("s/<str:token>/apstiprinat/", delivery.acknowledge, name="acknowledge"),
    path("s/<str:token>/lugumi/<str:code>/", delivery.answer, name="answer"),
    path("parbaude/", checking.verify, name="verify"),
    path("parbaude/fails/", checking.verify_file, name="verify-file"),
    path("parbaude/<str:code>/", checking.verify_code, name="verify-code"),
]

# What the municipality was asked for
urlpatterns += [
    path("lugumi/", asks.ask_list, name="asks"),
    path("lugumi/<str:code>/", asks.ask, name="ask"),
]

# Results of the project, and the workbook
urlpatterns += [
    path("rezultati/", results.results, name="results"),
    path("rezultati/eksports/", exports.export, name="export"),
    path("rezultati/eksports/gaita/", exports.progress, name="export-progress"),
    path("rezultati/eksports/<uuid:pk>/", exports.fetch, name="export-fetch"),
    path("rezultati/regioni/<slug:code>/", regions.region, name="region"),
    path("rezultati/merki/", targets.targets, name="targets"),
    path("rezultati/programmam/", api_tokens.api_tokens, name="api-tokens"),
    path(
        "rezultati/programmam/<uuid:pk>/beigt/",
        api_tokens.api_token_end,
        name="api-token-end",
    ),
    path(
        "rezultati/<slug:slug>/",
        results.results_municipality,
        name="results-municipality",
    ),
    path(
        "rezultati/<slug:slug>/merki/",
        targets.targets,
        name="targets-municipality",
    ),
]

urlpatterns += [
    path("rezultati/<slug:slug>/izglitiba/", education.education, name="education"),
]

# The same for programs, by a token instead of an account
urlpatterns += for_programs.urlpatterns

# Other documents made of the same log
urlpatterns += [
    path("dokumenti/", documents.documents, name="documents"),
    path(
        "dokumenti/darba-laiks/",
        documents.document,
        {"kind": DocumentKind.WORK_TIME},
        name="document-work-time",
    ),
    path(
        "dokumenti/iestade/",
        documents.document,
        {"kind": DocumentKind.INSTITUTION},
        name="document-institution",
    ),
    path(
        "dokumenti/nodosana/",
        documents.document,
        {"kind": DocumentKind.HAND_OVER},
        name="document-hand-over",
    ),
    path(
        "dokumenti/pasvaldiba/",
        documents.document,
        {"kind": DocumentKind.MUNICIPALITY},
        name="document-municipality",
    ),
    path(
        "dokumenti/izglitiba/",
        documents.document,
        {"kind": DocumentKind.EDUCATION},
        name="document-education",
    ),
    path(
        "dokumenti/projekts/",
        documents.document,
        {"kind": DocumentKind.PROJECT},
        name="document-project",
    ),
    path(
        "dokumenti/es-ietvars/",
        documents.document,
        {"kind": DocumentKind.FRAMEWORK},
        name="document-framework",
    ),
    path(
        "dokumenti/pasakumi/",
        documents.document,
        {"kind": DocumentKind.EVENTS},
        name="document-events",
    ),
    path(
        "dokumenti/dalibnieki/",
        documents.document,
        {"kind": DocumentKind.PARTICIPANTS},
        name="document-participants",
    ),
]

# What municipal staff answered, and what was recommended, as files
urlpatterns += [
    path(
        "aptaujas/<uuid:pk>/<slug:code>/csv/",
        evaluation.survey_csv,
        name="survey-csv",
    ),
    path("ieteikumi/csv/", evaluation.recommendations_csv, name="recommendations-csv"),
]
