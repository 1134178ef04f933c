"""From an idea to the public page: each step by the right person, about the right words."""

import pytest

from families.models import Consent
from families.services import consents
from mediators.models import Appointment, Role
from stories.models import Story, StoryAgreement
from stories.workflow import RULES, Action, ActionNotAllowed, Status
from tests.factories import UserFactory


def words(refused):
    return str(refused.value)


def test_the_whole_way_from_an_idea_to_the_public_page(
    story_at, mediator, coordinator, project_staff
):
    story = story_at("idea")
    story.perform(Action.HAND_IN, by=mediator)
    story.perform(Action.EDIT, by=coordinator)
    story.propose(by=coordinator, read_mark=story.mark)
    story.approve(by=mediator, read_mark=story.mark, names_mediator=True)
    StoryAgreement.record(
        StoryAgreement(who="mamma", mark=story.mark), story, by=mediator
    )

    story.perform(Action.PUBLISH, by=project_staff)

    assert story.is_public
    assert story.slug == "katru-ritu-uz-skolu"
    assert [event.action for event in story.events.all()] == [
        *("hand_in", "edit", "propose", "approve", "publish")
    ]


@pytest.mark.parametrize("missing", ["title", "hard", "done", "helped", "changed"])
def test_an_idea_with_an_empty_answer_is_not_handed_over(story_at, mediator, missing):
    story = story_at("idea", **{missing: ""})

    with pytest.raises(ActionNotAllowed):
        story.perform(Action.HAND_IN, by=mediator)


def test_a_story_with_the_name_of_a_family_is_not_handed_over(story_at, mediator):
    story = story_at("idea", hard="Kārkliņiem nebija, ar ko braukt.")

    with pytest.raises(ActionNotAllowed) as refused:
        story.perform(Action.HAND_IN, by=mediator)

    assert "Kārkliņ" not in words(refused)


@pytest.mark.parametrize("code", ["UPC-009", "UPC-L012"])
def test_neither_is_one_with_the_code_of_a_family_or_a_case(story_at, mediator, code):
    story = story_at("idea", done=f"Gāju pie {code}.")

    with pytest.raises(ActionNotAllowed):
        story.perform(Action.HAND_IN, by=mediator)


def test_an_editor_who_types_a_name_learns_where_but_not_which_word(
    story_at, coordinator
):
    story = story_at("editing", quote="Kārkliņi tagad zina, kam zvanīt.")

    with pytest.raises(ActionNotAllowed) as refused:
        story.propose(by=coordinator, read_mark=story.mark)

    assert "Kārkliņi" not in words(refused)


@pytest.mark.parametrize(
    "gate", ["dignified", "approved", "agreed", "nameless", "complete"]
)
def test_each_gate_alone_keeps_a_story_from_being_published(
    agreed, project_staff, gate
):
    shut = {
        "dignified": {"dignity_mark": ""},
        "approved": {"approved_mark": ""},
    }.get(gate)
    if shut:
        Story.objects.filter(pk=agreed.pk).update(**shut)
    elif gate == "agreed":
        agreed.agreements.all().delete()
    else:
        agreed.hard = "Kārkliņi" if gate == "nameless" else ""
        agreed.save(update_fields=["hard"])

    with pytest.raises(ActionNotAllowed):
        agreed.perform(Action.PUBLISH, by=project_staff)

    assert not agreed.is_public


def test_any_later_change_of_a_word_asks_for_approval_and_agreement_anew(
    agreed, coordinator, project_staff
):
    agreed.perform(Action.EDIT, by=coordinator)
    agreed.done += " Divreiz."
    agreed.rewrite(by=coordinator, read_mark=agreed.mark)

    assert not agreed.is_approved
    assert not agreed.is_dignified
    assert agreed.agreement is None


def test_the_mediator_sees_old_beside_new(story_at, coordinator):
    story = story_at("editing")
    story.title = "Autobuss, kas gaida"
    story.rewrite(by=coordinator, read_mark=story.mark)

    assert [(old, new) for _question, old, new in story.changes()] == [
        ("Katru rītu uz skolu", "Autobuss, kas gaida")
    ]


def test_two_editors_do_not_write_over_each_other(story_at, coordinator, project_staff):
    story = story_at("editing")
    read_mark = story.mark
    other = Story.objects.get(pk=story.pk)
    other.title = "Pirmā"
    other.rewrite(by=project_staff, read_mark=read_mark)
    story.title = "Otrā"

    with pytest.raises(ActionNotAllowed):
        story.rewrite(by=coordinator, read_mark=read_mark)

    assert Story.objects.get(pk=story.pk).title == "Pirmā"


def test_a_double_click_publishes_once(agreed, project_staff):
    twin = Story.objects.get(pk=agreed.pk)
    agreed.perform(Action.PUBLISH, by=project_staff)

    with pytest.raises(ActionNotAllowed):
        twin.perform(Action.PUBLISH, by=project_staff)

    assert agreed.events.filter(action=Action.PUBLISH).count() == 1


def test_the_words_that_are_approved_are_those_that_were_on_the_screen(
    story_at, mediator
):
    story = story_at("agreeing")

    with pytest.raises(ActionNotAllowed):
        story.approve(by=mediator, read_mark="0" * 64, names_mediator=False)


@pytest.mark.parametrize("title", ["Katru rītu uz skolu", "🎒", "Jauns"])
def test_a_second_story_of_the_same_title_gets_an_address_of_its_own(
    story_at, agreed, project_staff, title
):
    Story.objects.filter(pk=agreed.pk).update(slug=None)
    agreed.title = title
    taken = {"katru-ritu-uz-skolu", "stasts", "jauns"}
    for slug in taken - {"jauns"}:
        story_at("published", slug=slug)

    slug = agreed._free_slug()

    assert slug not in taken


def test_a_title_of_three_hundred_letters_makes_an_address_that_fits(story_at):
    story = story_at("idea")
    story.title = "Ļoti garš virsraksts " * 15

    assert len(story._free_slug()) <= Story._meta.get_field("slug").max_length


def test_the_rules_let_nobody_do_what_they_may_not(
    agreed, mediator, colleague, coordinator, project_staff, lead_mediator, outsider
):
    allowed = {
        name: set(agreed.actions_for(person))
        for name, person in {
            "mediator": mediator,
            "colleague": colleague,
            "coordinator": coordinator,
            "staff": project_staff,
            "lead": lead_mediator,
            "outsider": outsider,
        }.items()
    }

    assert allowed == {
        "mediator": {Action.OBJECT, Action.REMOVE},
        "colleague": set(),
        "coordinator": {Action.EDIT, Action.REMOVE},
        "staff": {Action.EDIT, Action.PUBLISH, Action.REMOVE},
        "lead": set(),
        "outsider": set(),
    }


@pytest.mark.parametrize("action", list(RULES))
def test_an_outsider_performs_nothing(agreed, outsider, action):
    with pytest.raises(ActionNotAllowed):
        agreed.perform(action, by=outsider)


def test_who_left_is_spoken_for_by_whoever_mediates_there_now(
    story_at, municipality, mediator, colleague
):
    story, idea = story_at("agreeing"), story_at("idea")
    Appointment.objects.filter(user=mediator).update(ends_on="2026-01-01")
    for person in (mediator, colleague):
        person.__dict__.pop("roles", None)

    assert Story.objects.visible_to(colleague).contains(story)
    assert not Story.objects.visible_to(colleague).contains(idea)
    assert not Story.objects.visible_to(mediator).exists()
    story.approve(by=colleague, read_mark=story.mark, names_mediator=False)
    assert story.is_approved


# The agreement


def test_an_agreement_stands_in_the_family_s_own_list_too(story_at, family, mediator):
    family.consents.filter(purpose=Consent.Purpose.STORY).delete()
    story = story_at("agreeing")

    StoryAgreement.record(
        StoryAgreement(who="mamma", mark=story.mark), story, by=mediator
    )

    assert family.consents.in_force().filter(purpose=Consent.Purpose.STORY).exists()


def test_an_agreement_to_other_words_is_refused(story_at, mediator):
    story = story_at("agreeing")

    with pytest.raises(ActionNotAllowed):
        StoryAgreement.record(StoryAgreement(who="mamma", mark="0"), story, by=mediator)


def test_taking_it_back_takes_the_story_down_at_once(story_at, family, mediator):
    story = story_at("published")
    assert story.is_public

    StoryAgreement.withdraw(story, by=mediator)

    story.refresh_from_db()
    assert story.status == Status.REMOVED
    assert not story.is_public
    assert not family.consents.in_force().filter(purpose="story").exists()


@pytest.mark.parametrize("purpose", ["story", "keep"])
def test_taking_the_consent_back_on_the_page_of_the_family_does_too(
    story_at, family, mediator, purpose
):
    story = story_at("published")

    consents.withdraw_consent(family, purpose, by=mediator)

    assert not story.is_public


def test_a_family_whose_data_may_only_be_stored_is_told_of_no_longer(story_at, family):
    story = story_at("published")

    type(family).objects.filter(pk=family.pk).update(restricted_on="2026-11-01")

    assert not story.is_public


def test_a_story_of_nobody_in_particular_needs_an_agreement_all_the_same(
    story_at, mediator, project_staff
):
    story = story_at("agreeing", family=None)
    story.approve(by=mediator, read_mark=story.mark, names_mediator=False)

    with pytest.raises(ActionNotAllowed):
        story.perform(Action.PUBLISH, by=project_staff)


def test_staff_and_coordinators_never_see_an_idea(
    story_at, coordinator, project_staff, lead_mediator
):
    story_at("idea")

    for person in (coordinator, project_staff, lead_mediator):
        assert not Story.objects.visible_to(person).exists()
    assert not Story.objects.visible_to(UserFactory(role=Role.ADMINISTRATOR)).exists()
