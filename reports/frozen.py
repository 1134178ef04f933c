"""What the database lets nobody change: an approved report, and its PDF once it is drawn."""

from privacy.append_only import Guard

VERSIONS = Guard(
    name="version",
    table="reports_reportversion",
    refusal="An approved report does not change.",
    frozen=(
        *("id", "report_id", "number", "code", "snapshot", "sha256"),
        *("approved_by_id", "approved_at"),
    ),
    filled_once=("pdf", "pdf_sha256", "pdf_pages"),
)
