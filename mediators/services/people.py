"""Keeping facts about a mediator, and switching the public card on and off."""

from django.db import transaction

from mediators.models import LanguageSkill, User
from privacy import audit


@transaction.atomic
def keep_facts(form, *, by):
    """Dates and languages; an empty level takes a language off the list."""
    facts = form.save()
    mediator = User.objects.select_for_update(no_key=True).get(pk=facts.mediator_id)
    for language, level in form.levels.items():
        skills = LanguageSkill.objects.filter(mediator=mediator, language=language)
        if not level:
            skills.delete()
        elif not skills.update(level=level):
            LanguageSkill.objects.create(
                mediator=mediator, language=language, level=level
            )
    audit.record(by, audit.Verb.UPDATE, facts, fields=audit.changed_fields(form))
    return facts


@transaction.atomic
def keep_card(form, *, by):
    """The address is made when the card is switched on first, and stays the same."""
    # Two people of one name wait for each other
    User.objects.select_for_update(no_key=True).filter(
        last_name=by.last_name, first_name=by.first_name
    ).first()
    card = form.save(commit=False)
    if card.card_is_public and not card.card_slug:
        card.card_slug = card.free_slug()
    card.save()
    audit.record(by, audit.Verb.UPDATE, card, fields=audit.changed_fields(form))
    return card
