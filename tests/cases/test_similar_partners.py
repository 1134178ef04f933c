"""The log form asks before it adds an institution or a person that may be known."""

import pytest

from cases.models import Visit
from municipalities.models import Institution, InstitutionContact
from tests.cases.answers import answers, codes
from tests.factories import (
    AppointmentFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    MunicipalityFactory,
    TermFactory,
)


def meeting(**changes):
    return answers(**{"kind": "institution_meeting"} | changes)


@pytest.mark.parametrize(
    "name", ["Upesciema pamtskola", "UPESCIEMA PAMATSKOLA", "Упесциема паматскола"]
)
def test_a_name_that_is_almost_known_is_asked_about(log, school, name):
    response = log(meeting(new_institution_name=name))

    assert response.status_code == 422
    assert codes(response) == {"new_institution_name": ["similar"]}
    assert response.context["form"].similar_institutions == [school]
    page = response.content.decode()
    assert f'name="same_institution" value="{school.pk}"' in page
    assert f'value="{name}"' in page
    assert not Visit.objects.exists()


def test_it_is_the_same_one_takes_the_known_institution(log, school):
    asked = meeting(new_institution_name="Upesciema pamtskola")

    log(asked | {"same_institution": str(school.pk)})

    assert Visit.objects.get().institution == school
    assert Institution.objects.count() == 1


def test_save_as_new_adds_another_institution(log, school):
    asked = meeting(new_institution_name="Upesciema pamtskola")

    log(asked | {"confirm_partner": "1"})

    assert Visit.objects.get().institution.name == "Upesciema pamtskola"
    assert Institution.objects.count() == 2


def test_a_person_of_the_same_name_is_asked_about_with_post_and_institution(
    log, school
):
    known = InstitutionContactFactory(
        institution=school, name="Inga Kalniņa", post="sociālā pedagoģe"
    )
    asked = meeting(institution=str(school.pk), new_contact_name="Kalnina Inga")

    response = log(asked)

    assert codes(response) == {"new_contact_name": ["similar"]}
    assert "sociālā pedagoģe, Upesciema pamatskola" in response.content.decode()

    log(asked | {"same_contact": str(known.pk)})

    assert Visit.objects.get().contact == known
    assert InstitutionContact.objects.count() == 1


def test_a_known_person_brings_the_own_institution_along(log, municipality, school):
    known = InstitutionContactFactory(institution=school, name="Inga Kalniņa")
    asked = meeting(new_institution_name="Bibliotēka", new_contact_name="Inga Kalniņa")

    log(asked | {"same_contact": str(known.pk)})

    visit = Visit.objects.get()
    assert (visit.contact, visit.institution) == (known, school)
    assert Institution.objects.count() == 1


def test_a_new_person_of_a_known_institution_stays_new(log, school):
    asked = meeting(
        new_institution_name="Upesciema pamtskola", new_contact_name="Rita Ozola"
    )

    log(asked | {"same_institution": str(school.pk)})

    visit = Visit.objects.get()
    assert (visit.contact.name, visit.institution) == ("Rita Ozola", school)


def test_the_question_comes_beside_other_missing_answers(log, school):
    response = log(meeting(minutes=None, new_institution_name="Upesciema pamtskola"))

    assert codes(response) == {
        "minutes": ["required"],
        "new_institution_name": ["similar"],
    }


def test_an_entry_sent_again_is_not_asked_about_what_it_added_itself(log):
    typed = meeting(
        new_institution_name="Bibliotēka", new_contact_name="Rita Paraudziņa"
    )

    assert log(typed).url == log(typed).url
    assert InstitutionContact.objects.count() == 1


def test_only_the_own_municipality_and_the_country_are_searched(log, mediator):
    second = MunicipalityFactory()
    AppointmentFactory(user=mediator, municipality=second)
    for place in (second, MunicipalityFactory()):
        InstitutionContactFactory(
            name="Rita Ozola",
            institution__name="Upesciema bibliotēka",
            institution__municipality=place,
        )
    here = mediator.factory_municipality.slug

    response = log(
        meeting(
            municipality=here,
            new_institution_name="Upesciema bibloitēka",
            new_contact_name="Rita Ozola",
        )
    )

    assert response.status_code == 302


def test_a_national_institution_is_asked_about(log):
    agency = InstitutionFactory(municipality=None, name="Nodarbinātības aģentūra")

    response = log(meeting(new_institution_name="Nodarbinatibas agentura"))

    assert response.context["form"].similar_institutions == [agency]


def test_the_number_of_a_foreign_institution_is_refused(log):
    foreign = InstitutionFactory(type=TermFactory())

    response = log(
        meeting(new_institution_name="Skola", same_institution=str(foreign.pk))
    )

    assert response.status_code == 422
    assert "institution" in codes(response)
    assert not Visit.objects.exists()
