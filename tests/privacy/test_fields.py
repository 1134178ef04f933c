import pickle

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.forms import modelform_factory
from django.test.utils import isolate_apps

from families.models import Family
from privacy.fields import (
    CannotDecrypt,
    EncryptedChoiceField,
    EncryptedTextField,
    Sealed,
    unseal,
)
from privacy.ids import uuid7
from privacy.keys import new_key_line
from tests.factories import FamilyFactory, MunicipalityFactory

LABEL = "Kārkliņu ģimene 🏠"


@pytest.fixture
def family(db):
    return FamilyFactory(label=LABEL)


def stored(family, column="label"):
    """What somebody with the database file would see."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT code, {column} FROM families_family")  # noqa: S608 -- a constant
        return dict(cursor.fetchall())[family.code]


def put(family, token, column="label"):
    """What somebody with the database file could do."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE families_family SET {column} = %s WHERE code = %s",  # noqa: S608 -- a constant
            [token, family.code],
        )


def test_a_text_comes_back_as_it_was_written(family):
    assert Family.objects.get().label == LABEL


def test_the_database_holds_a_token_and_not_the_text(family):
    token = stored(family)

    assert token.startswith("v1|test|")
    assert "Kārkl" not in token


def test_the_same_text_is_never_stored_twice_the_same_way(family):
    before = stored(family)
    other = FamilyFactory(label=LABEL)
    family.save()

    assert len({before, stored(family), stored(other)}) == 3


def test_an_empty_text_stays_empty(family):
    family.note = ""
    family.save()

    assert stored(family, "note") == ""
    assert Family.objects.get().note == ""


def test_no_text_stays_null():
    field = Family._meta.get_field("note")

    assert field.sealed(Family(note=None)) is None
    assert field.get_db_prep_save(None, connection) is None
    assert field.from_db_value(None, None, connection) is None


STORED_LONG_AGO = (
    "v1|test|T8Npfaz80ASkcZH6PkjdPtzPhHGT9UNy7q65GIR/MjnDETGgIEmKSQY/hzgu1A=="
)


def test_what_was_stored_long_ago_is_still_read():
    text = unseal(STORED_LONG_AGO, bound_to="families.Family.label:1")

    assert text == "Kārkliņu ģimene"


def test_tokens_are_the_same_when_the_database_would_say_so():
    assert Sealed("v1|a|b") == Sealed("v1|a|b")
    assert Sealed("v1|a|b") != Sealed("v1|a|c")
    assert Sealed("v1|a|b") != "v1|a|b"
    assert len({Sealed("v1|a|b"), Sealed("v1|a|b")}) == 1


def test_a_token_does_not_open_on_another_row(family):
    other = FamilyFactory(label="Ozolu ģimene")

    put(other, stored(family))

    with pytest.raises(CannotDecrypt, match=r"families\.Family\.label"):
        Family.objects.get(pk=other.pk).label  # noqa: B018 -- reading is the deed


def test_a_token_does_not_open_in_another_column(family):
    put(family, stored(family), column="note")

    with pytest.raises(CannotDecrypt, match=r"families\.Family\.note"):
        Family.objects.get().note  # noqa: B018 -- reading is the deed


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-4] + "AAAA",
        lambda token: token.replace("v1|", "v2|"),
        lambda token: token.replace("|test|", "|gone|"),
        lambda token: token.replace("|", ""),
        lambda token: token.replace("|test|", "|test| "),
        lambda token: "v1|test|AAAA",
        lambda token: "v1|test|not base64",
        lambda token: LABEL,
    ],
)
def test_a_changed_token_does_not_open(family, change):
    put(family, change(stored(family)))

    with pytest.raises(CannotDecrypt) as caught:
        Family.objects.get().label  # noqa: B018 -- reading is the deed

    assert LABEL not in str(caught.value)


def test_another_key_of_the_same_name_does_not_open_it(family, keys_file):
    keys_file("test:" + new_key_line().partition(":")[2])

    with pytest.raises(CannotDecrypt):
        Family.objects.get().label  # noqa: B018 -- reading is the deed


def test_a_text_nobody_opened_is_written_back_unchanged(family):
    token = stored(family)
    unopened = Family.objects.get()

    unopened.adults = 3
    unopened.save()

    assert stored(family) == token


def test_a_row_can_be_saved_without_the_key_of_its_text(family, keys_file):
    keys_file(new_key_line())
    unopened = Family.objects.get()

    unopened.adults = 3
    unopened.save()

    assert Family.objects.get().adults == 3


def test_a_copy_under_a_new_key_that_nobody_could_read_is_refused(family):
    copy = Family.objects.get()
    copy.pk, copy.code, copy._state.adding = uuid7(), "XXX-001", True

    with pytest.raises(CannotDecrypt):
        copy.save()


def test_the_primary_key_may_be_given_as_a_text(db):
    pk = str(uuid7()).upper()
    FamilyFactory(pk=pk, label=LABEL)

    assert Family.objects.get(pk=pk).label == LABEL


def test_a_row_without_primary_key_cannot_be_encrypted():
    field = Family._meta.get_field("label")

    with pytest.raises(ValueError, match="bound to its row"):
        field.value_to_string(Family(pk=None, label=LABEL))


def test_many_rows_can_be_created_at_once(db):
    municipality = MunicipalityFactory()
    labels = {f"T-{n}": f"{n}. ģimene" for n in range(5)}

    Family.objects.bulk_create(
        Family(code=code, label=label, municipality=municipality)
        for code, label in labels.items()
    )

    assert {family.code: family.label for family in Family.objects.all()} == labels


@pytest.mark.parametrize("text", [LABEL, Value(LABEL), F("code")])
def test_update_refuses_to_store_a_readable_text(family, text):
    with pytest.raises(FieldError, match="is encrypted"), transaction.atomic():
        Family.objects.update(label=text)

    assert Family.objects.get().label == LABEL


def test_update_can_empty_a_text(family):
    Family.objects.update(note="")

    assert Family.objects.get().note == ""


def test_bulk_update_refuses_to_store_a_readable_text(family):
    family.label = "Ozolu ģimene"

    with pytest.raises(FieldError, match="is encrypted"):
        Family.objects.bulk_update([family], ["label"])


def test_an_expression_cannot_be_saved(family):
    family.label = Value(LABEL)

    with pytest.raises(FieldError, match="assign a text"):
        family.save()


@pytest.mark.parametrize(
    "condition",
    [
        {"label": LABEL},
        {"label": F("note")},
        {"label__in": [LABEL]},
        {"label__iexact": LABEL},
        {"label__icontains": "k"},
        {"label__startswith": "K"},
        {"label__gt": "A"},
        {"label__regex": "K"},
        {"label__length": 3},
    ],
)
def test_the_database_cannot_look_a_text_up(family, condition):
    with pytest.raises(FieldError, match="is encrypted"):
        Family.objects.filter(**condition).exists()


def test_the_database_knows_whether_there_is_a_text(family):
    assert Family.objects.filter(note="").count() == 1
    assert Family.objects.exclude(label="").count() == 1
    assert Family.objects.filter(label__isnull=True).count() == 0
    assert Family.objects.filter(label=None).count() == 0


def test_a_value_read_without_its_row_opens_with_the_key_of_that_row_alone(family):
    field = Family._meta.get_field("label")
    [value] = Family.objects.values_list("label", flat=True)

    assert field.opened(value, family.pk) == family.label
    assert field.opened("", family.pk) == ""
    with pytest.raises(CannotDecrypt):
        field.opened(value, uuid7())


def test_lists_of_values_show_nothing(family):
    [value] = Family.objects.values_list("label", flat=True)

    assert (type(value), str(value), f"{value}") == (Sealed, "<Sealed>", "<Sealed>")
    assert "<Sealed>" in repr(Family.objects.values("label"))


@pytest.mark.parametrize("is_opened", [False, True])
@pytest.mark.parametrize("kind", ["json", "xml", "python"])
def test_serializers_give_the_token(family, kind, is_opened):
    row = family if is_opened else Family.objects.get()

    text = str(serializers.serialize(kind, [row]))

    assert "v1|test|" in text
    assert "Kārkl" not in text


def test_an_unopened_text_is_serialized_as_it_is_stored(family):
    field = Family._meta.get_field("label")

    assert field.value_to_string(Family.objects.get()) == stored(family)


def test_a_refreshed_row_has_the_stored_text(family):
    family.label = "Ozolu ģimene"

    family.refresh_from_db()

    assert family.label == LABEL


def test_a_deferred_text_is_read_when_asked_for(family):
    assert Family.objects.defer("label").get().label == LABEL
    assert Family.objects.only("code").get().label == LABEL


def test_a_deferred_text_survives_a_save(family):
    row = Family.objects.defer("label").get()
    row.adults = 4
    row.save()

    assert Family.objects.get().label == LABEL


def test_a_row_survives_pickling(family):
    unopened = pickle.dumps(Family.objects.get())

    assert LABEL.encode() not in unopened
    assert pickle.loads(unopened).label == LABEL  # noqa: S301 -- our own bytes
    assert pickle.loads(pickle.dumps(family)).label == LABEL  # noqa: S301 -- our own bytes


def test_the_length_is_limited_in_forms_and_models(family):
    form = modelform_factory(Family, fields=["phone"])(
        {"phone": "1" * 41}, instance=family
    )
    assert form.fields["phone"].widget.attrs["maxlength"] == "40"
    assert form.has_error("phone", "max_length")

    family.phone = "1" * 41
    with pytest.raises(ValidationError, match="40"):
        family.full_clean()


def test_a_text_is_as_long_as_its_field_allows():
    EncryptedTextField().run_validators("any length")
    EncryptedTextField(max_length=3).run_validators("abc")
    with pytest.raises(ValidationError, match="3"):
        EncryptedTextField(max_length=3).run_validators("abcd")


def test_a_migration_can_write_the_field_down():
    field = EncryptedTextField("note", max_length=40, blank=True)

    _name, path, args, kwargs = field.deconstruct()

    assert path == "privacy.fields.EncryptedTextField"
    assert (args, kwargs) == (
        [],
        {"verbose_name": "note", "max_length": 40, "blank": True},
    )


@isolate_apps("privacy")
def test_the_system_check_refuses_an_index_and_a_key_made_by_the_database():
    class Jotting(models.Model):  # noqa: DJ008 -- never shown
        id = models.BigAutoField(primary_key=True)
        text = EncryptedTextField(unique=True)

        class Meta:
            app_label = "privacy"

    field = Jotting._meta.get_field("text")
    unique, by_the_database = field.check()

    assert (unique.id, unique.obj) == ("privacy.E001", field)
    assert "unique nor indexed" in unique.msg
    assert (by_the_database.id, by_the_database.obj) == ("privacy.E002", field)
    assert "primary key" in by_the_database.msg
    assert "uuid7" in by_the_database.hint


@isolate_apps("privacy")
def test_the_system_check_refuses_a_choice_that_could_be_told_by_its_length():
    class Jotting(models.Model):  # noqa: DJ008 -- never shown
        id = models.UUIDField(primary_key=True, default=uuid7)
        fits = EncryptedChoiceField(choices=[("yes", "Yes")], max_length=3)
        longer = EncryptedChoiceField(choices=[("no", ""), ("yes", "")], max_length=2)
        endless = EncryptedChoiceField(choices=[("yes", "Yes")])

        class Meta:
            app_label = "privacy"

    found = {field.name: field.check() for field in Jotting._meta.get_fields()[1:]}

    assert found["fits"] == []
    for name in ("longer", "endless"):
        [problem] = found[name]
        assert (problem.id, problem.obj.name) == ("privacy.E004", name)
        assert "max_length" in problem.msg
