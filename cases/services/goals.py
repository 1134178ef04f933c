"""The stages on the way to the goal of a case: written together, ticked one by one."""

from django.db import transaction
from django.utils import timezone

from cases.models import Case, SubGoal
from privacy import audit


@transaction.atomic
def write_sub_goals(case, texts, *, by):
    """Keep these texts in their places; an empty one takes its sub-goal away."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    before = {goal.position: goal for goal in case.sub_goals.all()}
    changed = []
    for position, text in enumerate(texts, start=1):
        goal = before.get(position)
        if text == (goal.text if goal else ""):
            continue
        changed.append(position)
        if text:
            goal = goal or SubGoal(case=case, position=position)
            goal.text = text
            goal.save()
        else:
            goal.delete()
    if changed:
        audit.record(by, audit.Verb.UPDATE, case, sub_goals=changed)


@transaction.atomic
def tick(goal, is_done, *, by):
    """Reached today, or not after all; the same tick again changes nothing."""
    if goal.is_done == is_done:
        return
    goal.done_on = timezone.localdate() if is_done else None
    goal.save(update_fields=["done_on"])
    audit.record(by, audit.Verb.UPDATE, goal, fields=["done_on"], case=goal.case.code)
