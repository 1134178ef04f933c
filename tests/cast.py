"""The standing cast: one of each role in one municipality."""

from mediators.models import MUNICIPAL, Role
from tests.factories import FamilyFactory, MunicipalityFactory, UserFactory

PEOPLE = {
    "mediator": {
        "role": Role.MEDIATOR,
        "first_name": "Sanita",
        "last_name": "Vītola",
    },
    "colleague": {"role": Role.MEDIATOR},
    "coordinator": {
        "role": Role.COORDINATOR,
        "first_name": "Ilze",
        "last_name": "Kronberga",
    },
    "deputy": {
        "role": Role.DEPUTY_COORDINATOR,
        "first_name": "Guntis",
        "last_name": "Ķirsis",
    },
    "lead_mediator": {"role": Role.LEAD_MEDIATOR},
    "project_staff": {"role": Role.PROJECT_STAFF},
    "administrator": {"role": Role.ADMINISTRATOR},
    "data_protection_officer": {"role": Role.DATA_PROTECTION_OFFICER},
}


def upesciems():
    """The municipality in which they all work."""
    return MunicipalityFactory(
        prefix="UPC",
        slug="upesciems",
        label_lv="Upesciema novads",
        locative_lv="Upesciema novadā",
        full_name_lv="Upesciema novada pašvaldība",
    )


def person(name, municipality=None):
    """One of the cast; who works for a municipality needs one."""
    facts = PEOPLE[name]
    place = municipality if facts["role"] in MUNICIPAL else None
    return UserFactory(**facts, municipality=place)


def everybody(municipality):
    """``{name: person}`` of the cast; a deputy may what a coordinator may."""
    names = [name for name in PEOPLE if name != "deputy"]
    return {name: person(name, municipality) for name in names}


def stranger():
    """A mediator of another municipality, with a family of her own that could leak."""
    user = UserFactory(role=Role.MEDIATOR, municipality=MunicipalityFactory())
    FamilyFactory(
        municipality=user.factory_municipality, mediator=user, label="Svešinieku ģimene"
    )
    return user
