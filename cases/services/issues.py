"""Telling a matter of many families to the municipality: once, and right."""

from django.db import transaction

from cases.models import CommunityIssue
from municipalities.services import made_before
from privacy import audit


@transaction.atomic
def report_issue(issue, *, by):
    """Store it under a code of its municipality; a double click makes one."""
    made = made_before(
        issue,
        CommunityIssue.objects.filter(mediator=by),
        alike=["municipality_id", "area", "text", "institution_id", "reported_on"],
        lock=issue.municipality,
    )
    if made:
        return made
    issue.code = CommunityIssue.next_code(issue.municipality)
    issue.save(force_insert=True)
    issue.events.create(by=by, status=issue.status)
    audit.record(by, audit.Verb.CREATE, issue)
    return issue


@transaction.atomic
def correct_issue(form, *, by):
    """Store what a valid ``IssueForm`` has changed of an issue that nobody answered."""
    issue = form.save()
    audit.record(by, audit.Verb.UPDATE, issue, fields=audit.changed_fields(form))


@transaction.atomic
def delete_issue(issue, *, by):
    """Take back what was never told, or twice; its number is not given again."""
    audit.record(by, audit.Verb.DELETE, issue)
    issue.delete()
