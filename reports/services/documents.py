"""Take a document out of the log: draw it, and note who took what."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from interface.latvian import clock, full_date
from privacy.moment import NotWrittenDown, one_moment
from reports import flat_files, workbook
from reports.pdf import document_pdf
from reports.resources import DictionaryResource
from reports.services.export import LANGUAGE, log_export

PDF, EXCEL, CSV, PNG = "pdf", "xlsx", "csv", "png"
CONTENT_TYPES = {
    PDF: "application/pdf",
    EXCEL: workbook.CONTENT_TYPE,
    CSV: "application/zip",
    PNG: "application/zip",
}
ENDINGS = {CSV: "zip", PNG: "zip"}
"""A file of CSV holds each table as a file of its own, one of PNG each chart."""


class NothingToDraw(Exception):
    """The document has no picture."""


@dataclass(frozen=True)
class File:
    """A document as it leaves the house."""

    name: str
    content: bytes
    content_type: str


def take_out(count, file_type, *, by):
    """The document that ``count`` counts, as a file, in Latvian whoever asks.

    Whatever stands in it is of one moment, also what is read while it is drawn. It is
    handed over only after it was noted who took it. Raises ``NothingToDraw`` where pictures
    are asked for and there are no numbers.
    """
    with translation.override(LANGUAGE):
        document, content = _of_one_moment(count, file_type, by)
        name = f"{document.file_stem}.{ENDINGS.get(file_type, file_type)}"
    with transaction.atomic():
        log_export(
            document.period,
            by=by,
            rows={f"{document.kind}.{file_type}": document.size},
            municipality=document.municipality,
            **document.audited,
        )
    return File(name, content, CONTENT_TYPES[file_type])


def _of_one_moment(count, file_type, by):
    """The document and its file; drawing takes a second, in which others can write."""
    while True:
        try:
            with one_moment():
                document = count()
                return document, _draw(document, file_type, by)
        except NotWrittenDown:
            # What is told once, or asked of the worker, is written before the moment that is read
            with transaction.atomic():
                count()


def _draw(document, file_type, by):
    if file_type == PDF:
        limit = settings.SMALL_NUMBERS_BELOW
        context = {"document": document, "limit": limit if limit > 1 else 0}
        return document_pdf(document.template, context).content
    file = BytesIO()
    if file_type == PNG:
        pictures = list(document.pictures())
        if not pictures:
            raise NothingToDraw
        with zipfile.ZipFile(file, "w") as archive:
            for name, picture in pictures:
                archive.writestr(f"{name}.png", picture)
        return file.getvalue()
    sheets = document.sheets()
    write = flat_files.write_csv if file_type == CSV else workbook.write
    write(
        file,
        [*sheets, DictionaryResource(sheets)],
        [*_head(document, by), *document.about()],
        about_title=_("Read me"),
    )
    return file.getvalue()


def _head(document, by):
    made = _("%(date)s at %(time)s") % {
        "date": full_date(document.made_at),
        "time": clock(document.made_at),
    }
    head = [(document.title, ""), (_("Taken out"), f"{made}, {by.full_name}")]
    if not document.period.is_over:
        head.append((_("Mind"), _("The period is not over yet.")))
    return head
