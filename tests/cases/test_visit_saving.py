"""One contact, one entry: double clicks, second tabs, closed months, lookalikes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Case, CaseStatus, Visit
from municipalities.models import Institution
from privacy.models import AuditEntry, Verb
from tests.cases.answers import answers, codes
from tests.factories import (
    CaseFactory,
    ClosedMonthFactory,
    FamilyFactory,
    InstitutionContactFactory,
    NextStepFactory,
    VisitFactory,
)


@pytest.fixture
def close_month(mediator, municipality):
    def close(day):
        return ClosedMonthFactory(
            mediator=mediator, municipality=municipality, month=day.replace(day=1)
        )

    return close


def test_the_same_form_sent_twice_is_one_entry_and_one_answer(log, family):
    typed = answers(family=family.code, new_institution_name="Bibliotēka")

    first, second = log(typed), log(typed)

    assert Visit.objects.count() == Institution.objects.count() == 1
    assert second.status_code == 302
    assert second.url == first.url


def test_the_answer_stays_the_same_when_the_month_has_closed_since(log, close_month):
    typed = answers()
    first = log(typed)
    close_month(timezone.localdate())

    assert log(typed).url == first.url
    assert Visit.objects.count() == 1


def test_the_answer_stays_the_same_when_the_step_is_done_by_it(
    log, family, mediator, municipality
):
    step = NextStepFactory(mediator=mediator, municipality=municipality, family=family)
    typed = answers(family=family.code, fulfils=str(step.pk))

    assert log(typed).url == log(typed).url


def test_other_answers_under_the_same_number_show_both_and_lose_neither(log, family):
    typed = answers(family=family.code)
    log(typed)

    response = log(typed | {"minutes": "15", "note": "Pavisam cits stāsts"})

    page = response.content.decode()
    saved = Visit.objects.get()
    assert response.status_code == 409
    assert saved.minutes == 45
    assert f'href="{saved.get_absolute_url()}"' in page
    assert '<input type="hidden" name="note" value="Pavisam cits stāsts">' in page
    assert '<input type="hidden" name="areas" value="education">' in page


def test_the_other_answers_can_be_saved_as_a_new_entry(log):
    typed = answers()
    log(typed)
    number = log(typed | {"minutes": "15"}).context["number"]

    log(
        typed | {"minutes": "15", "client_uuid": str(number), "confirm_duplicate": "on"}
    )

    assert sorted(Visit.objects.values_list("minutes", flat=True)) == [15, 45]


def test_the_number_of_another_person_reveals_nothing(log, outsider):
    foreign = VisitFactory(
        mediator=outsider,
        municipality=outsider.factory_municipality,
        family=outsider.family_assignments.get().family,
    )

    response = log(answers(client_uuid=str(foreign.client_uuid)))

    page = response.content.decode()
    assert response.status_code == 409
    assert response.context["stored"] is None
    assert foreign.code not in page
    assert "Svešinieku" not in page
    assert Visit.objects.count() == 1


def test_an_entry_of_a_closed_month_is_kept_as_a_late_one_and_says_so(
    client, log, close_month
):
    day = timezone.localdate().replace(day=1) - timedelta(days=1)
    close_month(day)

    page = client.get(log(answers(visited_on=day.isoformat())).url)

    visit = Visit.objects.get()
    assert visit.told_in == timezone.localdate().replace(day=1)
    assert Visit.objects.editable_by(visit.mediator).contains(visit)
    assert "Vēlīns ieraksts" in page.content.decode()


def test_a_late_entry_is_told_of_in_the_first_month_that_is_open(log, close_month):
    today = timezone.localdate()
    day = today.replace(day=1) - timedelta(days=1)
    for month in (day, today):
        close_month(month)

    log(answers(visited_on=day.isoformat()))

    visit = Visit.objects.get()
    assert visit.told_in == (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    close_month(visit.told_in)
    assert not Visit.objects.editable_by(visit.mediator).contains(visit)


def test_a_month_that_a_colleague_has_closed_is_open_for_me(
    log, colleague, municipality
):
    ClosedMonthFactory(
        mediator=colleague,
        municipality=municipality,
        month=timezone.localdate().replace(day=1),
    )

    assert log(answers()).status_code == 302


def test_a_lookalike_is_asked_about_once(log, family):
    log(answers(family=family.code))
    again = answers(family=family.code)

    response = log(again)

    assert response.status_code == 422
    assert codes(response) == {"confirm_duplicate": ["duplicate"]}
    assert Visit.objects.count() == 1
    log(again | {"confirm_duplicate": "on"})
    assert Visit.objects.count() == 2


def test_a_form_gone_back_to_and_changed_is_a_lookalike(log, family):
    log(answers(family=family.code))

    again = log(answers(family=family.code, minutes="60"))

    assert codes(again) == {"confirm_duplicate": ["duplicate"]}
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("changes", [{"kind": "call"}, {"family": "none"}])
def test_what_differs_is_no_lookalike(log, family, changes):
    log(answers(family=family.code))

    assert log(answers(**{"family": family.code} | changes)).status_code == 302


def test_the_lookalike_of_a_colleague_is_none(log, family, colleague, municipality):
    VisitFactory(
        mediator=colleague, municipality=municipality, family=family, minutes=45
    )

    assert log(answers(family=family.code)).status_code == 302


def test_the_first_entry_starts_the_case(log, family, case):
    log(answers(family=family.code))

    assert Case.objects.get().status == CaseStatus.ACTIVE


def test_a_waiting_case_goes_on_waiting(log, family, mediator):
    CaseFactory(family=family, mediator=mediator, status=CaseStatus.WAITING)

    log(answers(family=family.code))

    assert Case.objects.get().status == CaseStatus.WAITING


def test_the_entry_does_the_step_it_was_opened_for(log, family, mediator, municipality):
    step = NextStepFactory(mediator=mediator, municipality=municipality, family=family)

    log(answers(family=family.code, fulfils=str(step.pk)))

    step.refresh_from_db()
    assert (step.status, step.done_by) == ("done", Visit.objects.get())


def test_an_entry_about_others_leaves_the_step_open(
    log, family, mediator, municipality
):
    other = FamilyFactory(municipality=municipality, mediator=mediator)
    step = NextStepFactory(mediator=mediator, municipality=municipality, family=family)

    log(answers(family=other.code, fulfils=str(step.pk)))

    step.refresh_from_db()
    assert step.status == "open"


@pytest.mark.parametrize("text", ["1", "\x00", "01a2026b-e814-7ee0-87ad-0099d94875a1"])
def test_a_step_that_is_not_there_is_no_reason_to_stop(log, text):
    assert log(answers(fulfils=text)).status_code == 302


def test_the_step_of_a_colleague_stays_open(log, colleague, municipality):
    step = NextStepFactory(mediator=colleague, municipality=municipality)

    log(answers(fulfils=str(step.pk)))

    step.refresh_from_db()
    assert step.status == "open"


def test_saving_and_adding_another_keeps_the_day_and_says_what_was_saved(log, client):
    day = timezone.localdate() - timedelta(days=4)
    response = log(answers(visited_on=day.isoformat(), another="1"))

    visit = Visit.objects.get()
    assert response.url == f"/ieraksti/jauns/?diena={day}&saglabats={visit.code}"
    form = client.get(response.url)
    assert form.context["saved"] == visit
    assert form.context["form"]["visited_on"].value() == day.isoformat()
    assert form.context["form"].number != visit.client_uuid


def test_a_solved_case_can_be_closed_from_the_confirmation(log, client, family, case):
    response = log(answers(family=family.code, change="solved"))

    assert f"/lietas/{case.code}/noslegt/" in client.get(response.url).content.decode()


def test_saving_is_audited_by_codes_alone(log, family, case, mediator):
    log(answers(family=family.code, note="Noslēpums"))

    visit = Visit.objects.get()
    entry = AuditEntry.objects.get(verb=Verb.CREATE)
    assert (entry.actor, entry.object_id) == (mediator.pk, str(visit.pk))
    assert entry.detail["code"] == visit.code
    assert "Noslēpums" not in str(entry.detail)


def test_only_a_mediator_logs(client, coordinator):
    client.force_login(coordinator)

    assert client.get("/ieraksti/jauns/").status_code == 404
    assert client.post("/ieraksti/jauns/", answers()).status_code == 404


def test_the_form_costs_the_same_with_one_family_and_with_many(
    client, mediator, municipality, django_assert_num_queries
):
    def fill(count):
        for _n in range(count):
            family = FamilyFactory(municipality=municipality, mediator=mediator)
            case = CaseFactory(family=family, mediator=mediator)
            NextStepFactory(mediator=mediator, municipality=municipality, family=family)
            VisitFactory(
                mediator=mediator, municipality=municipality, family=family, case=case
            )

    client.force_login(mediator)
    fill(1)
    client.get("/ieraksti/jauns/")
    with CaptureQueriesContext(connection) as with_one:
        client.get("/ieraksti/jauns/")
    fill(3)
    with django_assert_num_queries(len(with_one)):
        client.get("/ieraksti/jauns/")


@pytest.mark.parametrize("count", [1, 4])
def test_saving_asks_the_same_with_one_family_and_with_many(
    log, mediator, municipality, family, case, count, django_assert_num_queries
):
    for _n in range(count):
        other = FamilyFactory(municipality=municipality, mediator=mediator)
        CaseFactory(family=other, mediator=mediator)
        VisitFactory(mediator=mediator, municipality=municipality, family=other)
        InstitutionContactFactory(institution__municipality=municipality)
    with django_assert_num_queries(QUERIES):
        sent = log(answers(family=family.code, case=case.code))

    assert sent.status_code == 302


QUERIES = 25
"""With savepoints."""


@pytest.mark.parametrize("name", ["family", "case", "contact", "institution"])
@pytest.mark.parametrize(
    "key", ["\x00", "UPC-001\x00", "{0}", "%", "9" * 400, "00000000-0000-0000", "ā"]
)
def test_a_key_that_no_row_has_is_refused_and_breaks_nothing(log, family, name, key):
    sent = log(answers(family=family.code) | {name: key})

    assert sent.status_code == 422
    assert name in sent.context["form"].errors
    assert not Visit.objects.exists()


def test_the_database_itself_refuses_a_second_entry_under_one_number(db):
    number = VisitFactory().client_uuid

    with pytest.raises(IntegrityError), transaction.atomic():
        VisitFactory(client_uuid=number)
