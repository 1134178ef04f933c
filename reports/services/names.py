"""What the buttons beside a hit do to a report."""

from django.db import transaction

from privacy import audit
from reports.names import text_check, written_in


class NoRoom(Exception):
    """The text with the code would be longer than its part may be."""

    def __init__(self, section):
        self.section = section


@transaction.atomic
def replace_name(report, fix, *, by):
    """Write the code instead, wherever the sentence stands; whether it still stood there."""
    check, is_changed = text_check(report), False
    for section, row, limit in written_in(report):
        text = check.fixed(row.text, fix)
        if text == row.text:
            continue
        if len(text) > max(limit, len(row.text)):
            raise NoRoom(section)
        row.text, section.is_accepted = text, False
        row.save(update_fields=["text"])
        section.save(update_fields=["is_accepted", "updated_at"])
        audit.record(
            by, audit.Verb.UPDATE, report, section=section.key, replaced="name"
        )
        is_changed = True
    return is_changed


def spare_name(report, fix, *, by):
    """Remember that a word of the report is no family's; whether it still stood there."""
    texts = [written.row.text for written in written_in(report)]
    return text_check(report).spare(fix, texts, by=by)
