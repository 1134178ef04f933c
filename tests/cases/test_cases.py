import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Area, Case, CaseStatus
from cases.services import cases
from families import words
from municipalities.models import Vocabulary
from privacy.models import AuditEntry, Verb
from tests.factories import (
    CaseEventFactory,
    CaseFactory,
    ConsentFactory,
    FamilyFactory,
    NextStepFactory,
    StepMoveFactory,
    TermFactory,
    VisitFactory,
)

NEW = "/lietas/jauna/"
LIST = "/lietas/"


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene"
    )


@pytest.fixture
def case(family, mediator):
    opened = timezone.localdate() - timedelta(days=60)
    return CaseFactory(family=family, mediator=mediator, opened_on=opened)


@pytest.fixture
def page(client, mediator, case):
    client.force_login(mediator)
    return f"/lietas/{case.code}/"


@pytest.fixture
def absence(db):
    return TermFactory(
        vocabulary=Vocabulary.CASE_CATEGORY,
        code="EDU_ABSENCE",
        label_lv="Mācību kavējumi",
    )


def answers(of, **changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "family": of.code,
        "area": "education",
        "title": "Skolas kavējumi",
        "goal": "Mācās katru nedēļu",
    } | changes


def verbs(case):
    entries = AuditEntry.objects.filter(object_id=str(case.pk)).order_by("seq")
    return [entry.verb for entry in entries]


# Opening


def test_a_new_case_belongs_to_family_municipality_and_mediator(
    client, mediator, family
):
    client.force_login(mediator)

    response = client.post(NEW, answers(family))

    case = Case.objects.get()
    assert response["Location"] == case.get_absolute_url() == "/lietas/UPC-L001/"
    assert (case.family, case.mediator) == (family, mediator)
    assert case.municipality == family.municipality
    assert (case.title, case.goal) == ("Skolas kavējumi", "Mācās katru nedēļu")
    assert (case.status, case.opened_on) == (CaseStatus.NEW, timezone.localdate())
    assert verbs(case) == [Verb.CREATE]


def test_a_category_gives_the_case_its_title(client, mediator, family, absence):
    client.force_login(mediator)

    client.post(NEW, answers(family, title="", category=absence.pk))

    case = Case.objects.get()
    assert (case.category, case.title) == (absence, "Mācību kavējumi")


def test_own_words_go_before_the_words_of_the_category(
    client, mediator, family, absence
):
    client.force_login(mediator)

    client.post(NEW, answers(family, category=absence.pk))

    assert Case.objects.get().title == "Skolas kavējumi"


def test_categories_are_offered_area_by_area(client, mediator, family, absence):
    TermFactory(
        vocabulary=Vocabulary.CASE_CATEGORY, code="OTH_OTHER", label_lv="Cits jautājums"
    )
    client.force_login(mediator)

    form = client.get(NEW).context["form"]

    groups = form.fields["category"].choices[1:]
    assert [(area, [name for _pk, name in terms]) for area, terms in groups] == [
        (Area.EDUCATION.label, ["Mācību kavējumi"]),
        (Area.OTHER.label, ["Cits jautājums"]),
    ]
    assert 'data-area="education"' in str(form["category"])


def test_the_family_of_the_link_is_chosen_already(client, mediator, family):
    client.force_login(mediator)

    page = client.get(NEW, {"gimene": family.code}).content.decode()

    assert f'<option value="{family.code}" selected>' in page


@pytest.mark.parametrize("code", ["XXX-001", "\x00", "x" * 10_000])
def test_a_link_with_an_unknown_family_opens_an_empty_form(client, mediator, code):
    client.force_login(mediator)

    assert client.get(NEW, {"gimene": code}).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"family": ""}, "family"),
        ({"family": "XXX-001"}, "family"),
        ({"area": ""}, "area"),
        ({"area": "gardening"}, "area"),
        ({"title": ""}, "category"),
        ({"title": "x" * 121}, "title"),
        ({"title": "Jānis 010190-12345"}, "title"),
        ({"category": "case_category.NOPE"}, "category"),
        ({"goal": "x" * 301}, "goal"),
        ({"goal": "\x00"}, "goal"),
    ],
)
def test_a_wrong_answer_opens_no_case(client, mediator, family, changes, field):
    client.force_login(mediator)

    response = client.post(NEW, answers(family, **changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Case.objects.exists()


def test_a_case_of_a_foreign_or_closed_family_cannot_be_opened(
    client, mediator, family, outsider
):
    foreign = outsider.family_assignments.get().family
    family.closed_on = timezone.localdate()
    family.save()
    client.force_login(mediator)

    for unreachable in (foreign, family):
        assert client.post(NEW, answers(unreachable)).status_code == 422


def test_a_double_click_opens_one_case(client, mediator, family):
    client.force_login(mediator)
    same = answers(family)

    first, second = client.post(NEW, same), client.post(NEW, same)

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


# The list


def titles(response):
    return [case.title for case in response.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Jauna", "Gaida"}),
        ({"statuss": "closed"}, {"Beigta"}),
        ({"statuss": "waiting"}, {"Gaida"}),
        ({"statuss": "all"}, {"Jauna", "Gaida", "Beigta"}),
        ({"statuss": "nonsense", "joma": "nonsense"}, {"Jauna", "Gaida"}),
        ({"joma": "housing"}, {"Gaida"}),
        ({"joma": "housing", "statuss": "all"}, {"Gaida", "Beigta"}),
    ],
)
def test_the_list_shows_open_cases_unless_asked_otherwise(
    client, mediator, family, outsider, query, found
):
    common = {"family": family, "mediator": mediator}
    CaseFactory(title="Jauna", **common)
    CaseFactory(title="Gaida", status="waiting", area="housing", **common)
    CaseFactory(
        title="Beigta",
        status="closed",
        outcome="solved",
        closed_on=timezone.localdate(),
        area="housing",
        **common,
    )
    CaseFactory(title="Sveša", family=outsider.family_assignments.get().family)
    client.force_login(mediator)

    assert set(titles(client.get(LIST, query))) == found


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(
    client, municipality, mediator, family, number, django_assert_num_queries
):
    for _ in range(number):
        case = CaseFactory(family=family, mediator=mediator)
        NextStepFactory(mediator=mediator, municipality=municipality, case=case)
    client.force_login(mediator)

    with django_assert_num_queries(11):
        client.get(LIST)


# One case


def test_the_page_shows_one_next_step_and_the_line_of_time(
    client, municipality, mediator, family, case, page
):
    today = timezone.localdate()
    for days in (5, 2):
        NextStepFactory(
            mediator=mediator,
            municipality=municipality,
            case=case,
            due_on=today + timedelta(days=days),
            text=f"Pēc {days} dienām",
        )
    visit = VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        visited_on=today - timedelta(days=3),
    )
    cases.set_status(case, CaseStatus.WAITING, by=mediator)

    response = client.get(page)

    assert [step.text for step in response.context["steps"]] == [
        "Pēc 2 dienām",
        "Pēc 5 dienām",
    ]
    first, second = response.context["timeline"].moments
    assert (first.row.status, second.row) == (CaseStatus.WAITING, visit)
    text = response.content.decode()
    assert "timeline__open" in text
    assert f"?gimene={family.code}&amp;lieta={case.code}" in text
    assert verbs(case) == [Verb.UPDATE, Verb.READ]


def test_an_overdue_step_says_so_in_words(client, municipality, mediator, case, page):
    yesterday = timezone.localdate() - timedelta(days=1)
    NextStepFactory(
        mediator=mediator, municipality=municipality, case=case, due_on=yesterday
    )

    assert "tag--red" in client.get(page).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(
    client,
    municipality,
    mediator,
    family,
    case,
    page,
    number,
    django_assert_num_queries,
):
    for _ in range(number):
        VisitFactory(
            mediator=mediator, municipality=municipality, family=family, case=case
        )
        step = NextStepFactory(mediator=mediator, municipality=municipality, case=case)
        NextStepFactory(
            mediator=mediator, municipality=municipality, case=case, status="done"
        )
        StepMoveFactory(step=step)
        CaseEventFactory(case=case)

    with django_assert_num_queries(13):
        client.get(page)


@pytest.mark.parametrize(
    "action",
    [
        *("", "labot/", "statuss/", "noslegt/", "atsakt/", "merki/1/"),
        *("nosutit/", "dalities/", "beigt-dalities/", "kopigota/"),
    ],
)
def test_a_case_of_others_does_not_exist(client, case, outsider, colleague, action):
    for stranger in (outsider, colleague):
        client.force_login(stranger)
        assert client.get(f"/lietas/{case.code}/{action}").status_code in (404, 405)
        assert client.post(f"/lietas/{case.code}/{action}").status_code in (404, 405)
    assert not AuditEntry.objects.exclude(verb=Verb.REFUSE).exists()


def test_a_case_is_corrected(client, case, page):
    client.post(f"{page}labot/", {"area": "housing", "title": "Īres parāds"})

    case.refresh_from_db()
    assert (case.area, case.title) == ("housing", "Īres parāds")
    entry = AuditEntry.objects.get()
    assert entry.detail == {"fields": ["area", "title"]}


def test_a_case_keeps_a_category_that_is_no_longer_offered(client, case, page, absence):
    absence.valid_to = timezone.localdate() - timedelta(days=1)
    absence.save()
    assert absence.pk not in client.get(NEW).content.decode()
    Case.objects.filter(pk=case.pk).update(category=absence)

    response = client.post(
        f"{page}labot/",
        {"area": "education", "title": case.title, "category": absence.pk},
    )

    assert response.status_code == 302


def test_a_case_of_a_family_that_has_withdrawn_offers_nothing_to_write(
    client, page, case
):
    ConsentFactory(
        family=case.family, purpose="keep", withdrawn_on=timezone.localdate()
    )

    text = client.get(page).content.decode()

    assert words.why_no_case(case.family) in text
    for address in ("/ieraksti/jauns/?", "/soli/jauns/", "labot/", "nosutit/"):
        assert address not in text.partition("<main")[2].partition("</main>")[0]
