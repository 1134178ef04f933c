"""Erasing a family or a person: the names go, every number stays."""

from datetime import date

import pytest
import time_machine
from django.apps import apps

from cases.models import CasePerson, CaseShare, Visit
from cases.services import visits
from data_protection.models import Erasure, SubjectRequest
from data_protection.services import erasure, requests, texts
from families.models import Family, FamilyMember, SparedWord
from families.services.names import TextCheck
from mediators.models import Role
from municipalities.models import Municipality
from privacy.audit import check_chain
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from privacy.models import AuditEntry
from reports.indicators import Scope, compute, compute_by_mediator, compute_by_place
from reports.models import ReportSection
from reports.services import review
from reports.services.review import figures_for
from tests.factories import (
    AchievementFactory,
    CaseFactory,
    CasePersonFactory,
    CaseShareFactory,
    ClosedMonthFactory,
    ConsentFactory,
    ContactPersonFactory,
    EventFactory,
    FamilyFactory,
    FamilyMemberFactory,
    InstitutionContactFactory,
    LegalHoldFactory,
    MonthlyReportFactory,
    NextStepFactory,
    ReferralFactory,
    ResidenceFactory,
    SafeguardingNoticeFactory,
    SubGoalFactory,
    SubjectRequestFactory,
    UserFactory,
    VisitFactory,
)

NAMES = ("Kārkliņ", "Rūdi", "26123456", "Skolas iela 7")
MONTHS = [date(2026, month, 1) for month in (9, 10, 11)]


@pytest.fixture
def family(mediator, municipality):
    """A family with something in every place where words are kept."""
    family = FamilyFactory(
        mediator=mediator,
        municipality=municipality,
        label="Kārkliņu ģimene",
        phone="26123456",
        address="Skolas iela 7",
        town_part="Kārkliņu mājas",
        note="Vecāmamma Kārkliņa slimo",
        children=2,
    )
    ConsentFactory(family=family, recorded_by=mediator)
    child = FamilyMemberFactory(family=family, name="Rūdis", birth_year=2015)
    ResidenceFactory(family=family, by=mediator, place="pie Kārkliņiem")
    SafeguardingNoticeFactory(by=mediator, family=family, note="Rūdis")
    case = CaseFactory(
        family=family, mediator=mediator, title="Kārkliņu parāds", goal="Rūdim skola",
        opened_on=date(2026, 10, 2),
    )  # fmt: skip
    SubGoalFactory(case=case, text="Rūdis skolā")
    CasePersonFactory(case=case, person_id=child.pk, age_band="A07_12")
    for month in MONTHS:
        for person_id in (None, child.pk):
            AchievementFactory(
                case=case, person_id=person_id, achieved_on=month.replace(day=3)
            )
    CaseShareFactory(case=case, reason="Kārkliņu lēmums")
    contact = InstitutionContactFactory(institution__municipality=municipality)
    ReferralFactory(
        case=case, institution=contact.institution, text="Kārkliņu Rūdim", note="Rūdis"
    )
    NextStepFactory(
        mediator=mediator, municipality=municipality, family=family, case=case,
        institution=contact.institution, text="Piezvanīt Kārkliņiem, 26123456",
    )  # fmt: skip
    for month in MONTHS:
        VisitFactory(
            mediator=mediator, municipality=municipality, family=family, case=case,
            visited_on=month.replace(day=3), note="Rūdis atkal skolā", contact=contact,
            institution=contact.institution,
        )  # fmt: skip
    return family


@pytest.fixture
def elsewhere(mediator, municipality, family):
    """Texts about others that name the family: an entry, a shared entry, a report."""
    other = FamilyFactory(
        mediator=mediator, municipality=municipality, label="Ozolu ģimene"
    )
    place = {"mediator": mediator, "municipality": municipality}
    return {
        "entry": VisitFactory(
            **place, family=other, note="Bija arī Kārkliņi, un Rūdis Ozols smējās."
        ),
        "shared": VisitFactory(
            **place, families_named=[family, other], note="Rūdis un Ozoli spēlējās."
        ),
        "report": MonthlyReportFactory(
            **place, month=date(2026, 8, 1), sections="Kārkliņu ģimenei palīdzēja."
        ),
    }


def numbers(municipality):
    """Every indicator: all in all, by month, by place and by mediator."""
    months = [Scope(month, month.replace(day=28)) for month in MONTHS]
    whole = Scope(date(2026, 1, 1), date(2026, 11, 30))
    return (
        [compute(scope) for scope in (*months, whole)],
        compute_by_place(whole),
        compute_by_mediator(whole),
        list(Visit.objects.order_by("pk").values("kind", "minutes", "visited_on")),
        Family.objects.values_list("code", "adults", "children").last(),
        list(CasePerson.objects.values("person_id", "sex", "age_band")),
        Municipality.objects.count(),
    )


def readable_texts():
    """All encrypted texts of the database, opened."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                for row in model.objects.all():
                    yield getattr(row, field.attname) or ""


def erase(family):
    return erasure.erase_family(family, why=Erasure.Why.REQUEST, by=None)


def test_names_are_gone_everywhere_and_every_number_is_what_it_was(
    family, elsewhere, municipality
):
    before = numbers(municipality)
    planned = erasure.plan_family(family).counts
    assert before[0][-1]["people"] == 1
    assert before[0][-1]["enrolled_people"] == 2
    assert any("Kārkliņ" in text for text in readable_texts())

    with time_machine.travel("2026-12-05 10:00Z", tick=False):
        assert erase(family) == planned

    left = "\n".join(readable_texts())
    assert [name for name in NAMES if name in left.replace("Rūdis Ozols", "")] == []
    assert numbers(municipality) == before
    entry = AuditEntry.objects.get(detail__erased=True)
    assert entry.object_id == str(family.pk)
    assert entry.detail["rows"] == planned
    assert check_chain().holds


def test_texts_about_others_keep_what_is_not_the_name_of_the_family(
    family, mediator, elsewhere
):
    for hit in TextCheck(mediator, family.municipality).hits(elsewhere["entry"].note):
        SparedWord.objects.create(mediator=mediator, mark=hit.mark)
    spared = SparedWord.objects.count()

    erase(family)

    for row in elsewhere.values():
        row.refresh_from_db()
    assert elsewhere["entry"].note == "Bija arī [dzēsts], un Rūdis Ozols smējās."
    assert elsewhere["shared"].note == "[dzēsts] un Ozoli spēlējās."
    section = ReportSection.objects.filter(report=elsewhere["report"]).exclude(text="")
    assert section.first().text == "[dzēsts] ģimenei palīdzēja."
    assert SparedWord.objects.count() == spared - 1


def test_a_name_that_another_family_bears_too_stays_in_texts_about_others(
    family, mediator, municipality
):
    relatives = FamilyFactory(
        mediator=mediator,
        municipality=municipality,
        label="Kārkliņi pie upes",
        address="Skolas iela 7",
        note="Kārkliņi gaida pabalstu",
    )

    erase(family)

    relatives.refresh_from_db()
    assert relatives.label == "Kārkliņi pie upes"
    assert relatives.address == "Skolas iela 7"
    assert relatives.note == "Kārkliņi gaida pabalstu"


def test_what_either_of_two_mediators_finds_in_a_text_of_their_place_goes(
    family, mediator, municipality
):
    """For each of them another part of it may as well be another family's."""
    colleague = UserFactory(role=Role.MEDIATOR, municipality=municipality)
    CaseFactory(family=family, mediator=colleague)
    FamilyFactory(mediator=mediator, municipality=municipality, phone="26123456")
    FamilyFactory(
        mediator=colleague, municipality=municipality, label="Kārkliņu dzimta"
    )
    event = EventFactory(municipality=municipality, outcome="Kārkliņi, 26123456")

    erasure.erase_family(family, why=Erasure.Why.REQUEST, by=None)

    event.refresh_from_db()
    assert event.outcome == f"{texts.ERASED}, {texts.ERASED}"


def test_nobody_sees_the_family_any_more_and_its_case_is_no_longer_shared(
    family, mediator
):
    erase(family)

    assert not Family.objects.visible_to(mediator).contains(family)
    assert not CaseShare.objects.running().exists()
    family.refresh_from_db()
    assert (family.code, family.label, bool(family.erased_on)) == (
        family.code,
        "",
        True,
    )
    assert family.consents.count() == 1  # the proof, for three years more


@pytest.mark.parametrize(
    ("handed_in", "ends_on", "open_in_november"),
    [(False, date(2026, 11, 27), 0), (True, date(2026, 12, 1), 1)],
    ids=["in a month that goes on", "after the month was handed in"],
)
def test_its_open_case_ends_as_stopped_and_no_month_handed_in_changes(
    family, mediator, municipality, handed_in, ends_on, open_in_november
):
    if handed_in:
        ClosedMonthFactory(
            mediator=mediator, municipality=municipality, month=date(2026, 11, 1)
        )
    october = compute(Scope(date(2026, 10, 1), date(2026, 10, 31)))

    with time_machine.travel("2026-11-27 10:00Z", tick=False):
        erase(family)

    case = family.cases.get()
    assert (case.status, case.outcome, case.closed_on) == ("closed", "stopped", ends_on)
    november = compute(Scope(date(2026, 11, 1), date(2026, 11, 30)))
    assert november["open_cases"] == open_in_november
    december = compute(Scope(date(2026, 12, 1), date(2026, 12, 31)))
    assert (december["open_cases"], december["solved_cases"]) == (0, 0)
    assert compute(Scope(date(2026, 10, 1), date(2026, 10, 31))) == october
    closing = AuditEntry.objects.get(verb="close", object_type="cases.case")
    assert closing.object_id == str(case.pk)


def test_an_approved_report_stays_byte_for_byte(family, mediator, coordinator):
    ContactPersonFactory(municipality=family.municipality)
    report = MonthlyReportFactory(
        municipality=family.municipality,
        mediator=mediator,
        month=MONTHS[0],
        sections="Divas ģimenes.",
    )
    review.submit(report, by=mediator)
    version = review.approve(report, by=coordinator)
    figures = figures_for(report)

    erase(family)

    stored = type(version).objects.get(pk=version.pk)
    assert (stored.snapshot, stored.sha256) == (version.snapshot, version.sha256)
    report.refresh_from_db()
    assert figures_for(report) == figures


def test_who_took_an_erasure_down_sees_that_it_is_done_to_tell_the_person(
    client, family, mediator, data_protection_officer
):
    request = SubjectRequestFactory(
        family=family, kind=SubjectRequest.Kind.ERASURE, created_by=mediator
    )
    requests.confirm(request, by=data_protection_officer)
    client.force_login(mediator)

    page = client.get(request.get_absolute_url()).content.decode()
    assert SubjectRequest.Status.DONE.label.capitalize() in page
    assert "Kārkliņu" not in page
    other = UserFactory(role=Role.MEDIATOR, municipality=family.municipality)
    assert not SubjectRequest.objects.visible_to(other).exists()


def test_one_person_is_erased_and_the_rest_of_the_family_stays(
    family, elsewhere, municipality
):
    FamilyMemberFactory(family=family, name="Līga")
    member = FamilyMember.objects.exclude(name="").get(birth_year=2015)
    before = numbers(municipality)

    erasure.erase_member(member, why=Erasure.Why.REQUEST, by=None)

    family.refresh_from_db()
    assert numbers(municipality) == before
    assert [person.name for person in family.members.all()] == ["Līga"]
    assert (family.label, family.children) == ("Kārkliņu ģimene", 2)
    assert family.cases.get().goal == "[dzēsts] skola"
    notes = [visit.note for visit in family.visits.all()]
    assert not [note for note in notes if "Rūdi" in note]


@pytest.mark.parametrize("everything", [True, False])
def test_what_is_held_by_law_is_not_erased(family, everything):
    LegalHoldFactory(family=None if everything else family)

    with pytest.raises(erasure.Held):
        erase(family)


@pytest.mark.parametrize("everything", [True, False])
def test_an_erasure_that_is_held_is_not_offered_and_is_said_since_when(
    client, data_protection_officer, mediator, family, everything
):
    asked = SubjectRequestFactory(
        family=family, created_by=mediator, kind=SubjectRequest.Kind.ERASURE
    )
    LegalHoldFactory(
        family=None if everything else family,
        starts_on=date(2026, 3, 2),
        ends_on=date(2099, 3, 1),
        reason="Tiesas lieta",
    )
    client.force_login(data_protection_officer)

    page = client.get(asked.get_absolute_url()).text

    assert "kopš 02.03.2026. ir aizturēti" in page
    assert "aizturēti līdz 01.03.2099." in page
    assert "Tiesas lieta" in page
    assert 'value="confirm"' not in page
    assert "Ja piekritīsiet" not in page
    assert 'value="refuse"' in page


def test_why_data_are_held_is_for_those_who_may_end_it(
    client, data_protection_officer, mediator, family
):
    asked = SubjectRequestFactory(
        family=family,
        created_by=data_protection_officer,
        kind=SubjectRequest.Kind.ERASURE,
    )
    LegalHoldFactory(family=family, reason="Tiesas lieta")
    client.force_login(mediator)

    page = client.get(asked.get_absolute_url()).text

    assert "ir aizturēti, tos tagad nevar dzēst" in page
    assert "Tiesas lieta" not in page
    assert 'value="confirm"' not in page


def test_no_guess_of_erased_words_can_be_proved_and_sending_them_again_stores_nothing(
    family, mediator, municipality
):
    words = visits.fingerprint([("note", "Rūdis slimo")])
    visit = VisitFactory(
        mediator=mediator, municipality=municipality, family=family,
        note="Rūdis slimo", client_uuid=uuid7(), fingerprint=words,
    )  # fmt: skip

    erase(family)

    visit.refresh_from_db()
    assert visit.fingerprint == ""
    for sent in (words, visits.fingerprint([("note", "Rūdis ir vesels")])):
        assert visits.logged_before(mediator, visit.client_uuid, sent) == visit


def test_after_a_restore_the_list_erases_again_what_came_back(family):
    erase(family)
    # What a backup of the day before brings back
    family.refresh_from_db()
    family.label, family.erased_on = "Kārkliņu ģimene", None
    family.save()
    listed = list(Erasure.objects.values("family_id", "member_id", "why"))

    assert erasure.replay(listed) == ([family.code], [])
    family.refresh_from_db()
    assert family.label == ""
    assert erasure.replay(listed) == ([], [])
