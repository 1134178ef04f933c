"""Personal codes have no place: no field asks for one, and no text may hold one.

Every form class of the project is found by itself, so that a new one is tested too.
"""

import importlib
import pkgutil
import re

import pytest
from django import forms
from django.apps import apps
from django.conf import settings

from privacy.forms import NoPersonalCodes
from privacy.personal_code import REFUSAL

ROOMS = [app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir()]
SPELLINGS = {
    "old": "161175-19997",
    "old without hyphen": "16117519997",
    "old, spaced": "161175 - 19997",
    "old, with a non-breaking space": "161175\N{NO-BREAK SPACE}19997",
    "old, grouped": "161175\N{MIDDLE DOT}19 997",
    "new": "321234-56789",
    "new, spaced": "321234 56789",
    "new, grouped": "321 234 567 89",
    "new, with a non-breaking hyphen": "391234\N{NON-BREAKING HYPHEN}56789",
}
# Their words are compared with a list or a pattern, and never stored
STORE_NO_TEXT = {
    # Secrets: hashed or checked, and a passkey is many digits by itself
    "mediators.forms.account.ChangePasswordForm",
    "mediators.forms.account.NewPasswordForm",
    "mediators.forms.factor.AddAppForm",
    "mediators.forms.factor.AddPasskeyForm",
    "mediators.forms.factor.CodeAgainForm",
    "mediators.forms.factor.CodeForm",
    "mediators.forms.factor.PasskeyAgainForm",
    "mediators.forms.factor.PasskeyAloneForm",
    "mediators.forms.factor.PasskeyForm",
    "reports.forms.checking.CodeForm",
}
# English and Latvian; whole words or beginnings of the names of fields
SENSITIVE = re.compile(
    r"ethnic|tautib|nationality|religio|\bfaith|diagnos|illness|disease|disabilit"
    r"|offence|offense|crime|convict|sodam|personal_code|personas_kod|\bpk\b_code|race_"
)


def _imported():
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".forms" in module.name:
                importlib.import_module(module.name)


def _below(cls):
    for child in cls.__subclasses__():
        yield child
        yield from _below(child)


def form_classes():
    _imported()
    found = {
        cls
        for cls in _below(forms.BaseForm)
        if cls.__module__.partition(".")[0] in ROOMS
    }
    return sorted(found, key=lambda cls: (cls.__module__, cls.__name__))


def texts_of(cls):
    return [
        name
        for name, field in cls.base_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, NoPersonalCodes.NOT_TEXTS)
    ]


FIELDS = [
    pytest.param(cls, name, id=f"{cls.__module__}.{cls.__name__}.{name}")
    for cls in form_classes()
    for name in texts_of(cls)
    if issubclass(cls, NoPersonalCodes)
]


def bare(cls, data):
    """A bound form without what its constructor asks of the database."""
    form = cls.__new__(cls)
    base = forms.models.BaseModelForm if issubclass(cls, forms.BaseModelForm) else None
    (base or forms.BaseForm).__init__(form, data)
    form.fields = {name: form.fields[name] for name in data}
    form._errors = forms.utils.ErrorDict()
    form.cleaned_data = {}
    return form


@pytest.mark.once
@pytest.mark.parametrize(("cls", "name"), FIELDS)
def test_each_text_of_each_form_refuses_a_code_however_it_is_written(cls, name):
    for code in SPELLINGS.values():
        typed = f"Kods ir {code}."
        form = bare(cls, {name: typed})

        form._clean_fields()

        assert str(REFUSAL) in form._errors[name]
        # It is still in the form, to be corrected
        assert form[name].value() == typed


@pytest.mark.once
def test_every_form_with_texts_refuses_codes_also_in_fields_it_gets_later():
    without = {
        f"{cls.__module__}.{cls.__name__}"
        for cls in form_classes()
        if texts_of(cls) and not issubclass(cls, NoPersonalCodes)
    }

    assert without == STORE_NO_TEXT


@pytest.mark.once
@pytest.mark.parametrize(
    "text", ["20 000 000", "+371 26123456", "40003032949", "UPC-009"]
)
def test_phones_and_numbers_of_organisations_are_no_personal_codes(text):
    class Form(NoPersonalCodes, forms.Form):
        text = forms.CharField()

    assert Form({"text": text}).is_valid()


@pytest.mark.once
def test_no_model_has_a_field_for_what_is_never_asked():
    offending = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in settings.INSTALLED_APPS
        for field in model._meta.get_fields()
        if SENSITIVE.search(field.name)
    ]

    # The ESF+ asks it of participants, who need not answer (Regulation 2021/1057, annex I)
    assert offending == ["cases.Participant.disability"]
