"""How the family answered, and whether an institution knows (R040, R067)."""

import pytest
from django.db import IntegrityError

from cases.models import Visit
from tests.cases.answers import answers, codes
from tests.factories import VisitFactory


def test_the_answer_of_the_family_and_the_coordination_are_kept(log, family, teacher):
    log(
        answers(
            family=family.code,
            kind="institution_meeting",
            contact=str(teacher.pk),
            response="needs_help",
            is_coordinated="on",
        )
    )

    visit = Visit.objects.get()
    assert (visit.response, visit.is_coordinated) == ("needs_help", True)


def test_a_new_institution_can_be_coordinated_with_at_once(log, family):
    log(
        answers(
            family=family.code,
            new_institution_name="Bibliotēka",
            is_coordinated="on",
        )
    )

    assert Visit.objects.get().is_coordinated


def test_without_an_institution_nothing_was_coordinated(log, family):
    log(answers(family=family.code, is_coordinated="on"))

    visit = Visit.objects.get()
    assert (visit.institution, visit.is_coordinated) == (None, False)


def test_the_database_refuses_a_coordination_with_nobody(db):
    with pytest.raises(IntegrityError):
        VisitFactory(is_coordinated=True)


def test_an_answer_that_does_not_exist_is_refused(log, family):
    response = log(answers(family=family.code, response="cheered"))

    assert codes(response) == {"response": ["invalid_choice"]}
    assert not Visit.objects.exists()


def test_both_are_read_and_corrected(client, mediator, municipality, family, school):
    visit = VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        institution=school,
        response="thinking",
        is_coordinated=True,
    )
    mediator.language = "en"
    mediator.save()
    client.force_login(mediator)

    page = client.get(visit.get_absolute_url()).content.decode()
    form = client.get(f"{visit.get_absolute_url()}labot/").context["form"]
    assert "Still thinking" in page
    assert "Coordinated with the institution" in page
    assert (form["response"].value(), form["is_coordinated"].value()) == (
        "thinking",
        True,
    )

    client.post(
        f"{visit.get_absolute_url()}labot/",
        answers(family=family.code, client_uuid=None, response="agreed"),
    )
    visit.refresh_from_db()
    assert (visit.response, visit.is_coordinated) == ("agreed", False)


def test_nothing_of_it_is_seen_before_the_fold_is_opened(log, client):
    page = client.get("/ieraksti/jauns/").content.decode()

    before, fold = page.split('<details class="fold">', 1)
    assert 'name="response"' not in before
    assert fold.index('name="response"') < fold.index("</details>")
    assert fold.index('name="is_coordinated"') < fold.index("</details>")
