"""Take other people out of texts that are handed to one person."""

from data_protection.services import texts
from families.names import known_to, may_be_named
from privacy.declension import forms_of_first_name, forms_of_surname
from privacy.name_check import Known, NameCheck
from privacy.name_stems import Stems
from privacy.name_words import words_of

SOMEBODY_ELSE = "[cita persona]"
"""In the copy that a person gets, which is in Latvian."""


class Redactor:
    """Replaces the names, phones and addresses of everybody but those it is made for.

    A name that may be theirs stays; officials and the team may be named. Mails and
    personal codes are nobody's that we know, and go as well. For one person of a
    household its name is somebody else's, but where it is this person's too; so is its
    phone, for nobody noted whose it is, and its address once the person moved out.
    """

    def __init__(self, family, member=None):
        own, *at_home = _one_of(family, member) if member else [_all_of(family)]
        self.code = own.code
        self.is_for_one = member is not None
        self.is_at_home = _is_at_home(family, member)
        mediators = list(texts.mediators_of(family))
        known = {}
        for mediator in mediators:
            known.update({one.code: one for one in known_to(mediator)})
        known.pop(family.code, None)
        allowed = [
            name
            for mediator in mediators
            for name in may_be_named(mediator, family.municipality)
        ]
        self.check = NameCheck([own, *at_home, *known.values()], allowed=allowed)

    def __call__(self, text):
        found = [hit for hit in self.check.find(text) if self.code not in hit.codes]
        return texts.without(text, found, SOMEBODY_ELSE) if found else text

    def phone(self, text):
        """The household's, whose it is nobody noted: left out of the copy for one."""
        return SOMEBODY_ELSE if self.is_for_one and text else self(text)

    def place(self, text):
        """Where the household lives: not told to one who moved out."""
        return self(text) if self.is_at_home or not text else SOMEBODY_ELSE


def _is_at_home(family, member):
    return member is None or family.members.in_household().contains(member)


def _all_of(family):
    names = tuple(person.name for person in family.members.all())
    return Known(family.code, family.label, family.phone, family.address, people=names)


def _one_of(family, member):
    """What is known of the one who asks, and of the rest of the household."""
    others = [person.name for person in family.members.all() if person.pk != member.pk]
    own = Known(
        family.code,
        _own_label(family.label, member.name, others),
        address=family.address if _is_at_home(family, member) else "",
        people=(member.name,),
    )
    if own.label == family.label:
        return own, Known("-", "", family.phone, family.address, tuple(others))
    return own, Known("-", family.label, family.phone, family.address, tuple(others))


def _own_label(label, name, others):
    """As much of the household's name as is the person's own, "" where nothing is.

    “Zenta Ozola” is Zenta's, and the child's only where it is called Ozola too; “Ozolu
    ģimene” is everybody's, “Zentas ģimene” not.
    """
    own, theirs = _stems([name]), _stems(others)
    words = [word for word in words_of(label) if not word.says_family]
    mine = [word for word in words if any(own.fitting(word))]
    foreign = [word for word in words if any(theirs.fitting(word)) and word not in mine]
    if foreign:
        return " ".join(word.text for word in mine)
    says_family = len(words) < len(words_of(label))
    is_called_so = mine and (len(mine) == len(words) or len(words_of(name)) == 1)
    if says_family or is_called_so:
        return label
    return " ".join(word.text for word in mine)


def _stems(names):
    stems = Stems()
    for name in names:
        for word in words_of(name):
            forms = [*forms_of_first_name(word.text), *forms_of_surname(word.text)]
            stems.add(forms, name)
    return stems
