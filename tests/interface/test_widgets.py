from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from interface import errors
from interface.widgets import (
    ChipBoxes,
    Chips,
    DateInput,
    FoldedChips,
    Stepper,
    Tiles,
)

KINDS = [("home", "home visit"), ("call", "call")]


class ExampleForm(forms.Form):
    kind = forms.ChoiceField(
        label="What was it?",
        choices=[("", "---------"), *KINDS],
        widget=Tiles(icons={"home": "home-heart"}, hints={"call": "or a message"}),
        help_text="Choose one",
    )
    areas = forms.MultipleChoiceField(
        label="About what?", choices=[(1, "school"), (2, "work")], widget=ChipBoxes
    )
    day = forms.DateField(label="When?", widget=DateInput)
    people = forms.IntegerField(label="How many?", widget=Stepper, required=False)


def group(form, name):
    return render_to_string("partials/_group.html", {"field": form[name]})


def field(form, name):
    return render_to_string("partials/_field.html", {"field": form[name]})


def test_a_tile_is_a_real_radio_button_with_icon_word_and_second_line():
    html = group(ExampleForm(initial={"kind": "call"}), "kind")

    assert (
        '<input type="radio" name="kind" value="home" required id="id_kind_0"' in html
    )
    assert 'value="call" required checked' in html
    assert html.count('<svg class="icon"') == 1
    assert "<span>Call<small>or a message</small></span>" in html
    assert '<div class="tiles">' in html


def test_nothing_chosen_is_not_a_tile():
    assert "---------" not in group(ExampleForm(), "kind")


def test_an_empty_choice_with_a_word_of_its_own_stays():
    widget = Chips(choices=[("", "nobody"), ("1", "somebody")])

    assert "Nobody" in widget.render("who", "")


def folded(value, *, shown):
    widget = FoldedChips(choices=KINDS, more="Another", shown=shown)
    return widget.render("kind", value)


def test_rare_chips_are_folded_behind_a_word():
    open_part, _word, rest = folded("home", shown=["home"]).partition("Another")

    assert 'value="home"' in open_part
    assert 'value="call"' in rest
    assert "<details" in open_part
    assert " open" not in open_part


def test_a_chosen_rare_chip_stands_open():
    assert '<details class="more-chips" open>' in folded("call", shown=["home"])


def test_without_frequent_chips_all_stand_open():
    assert '<details class="more-chips" open>' in folded(None, shown=[])


def test_chip_boxes_choose_several():
    html = group(ExampleForm({"areas": ["1", "2"]}), "areas")

    assert html.count('type="checkbox"') == 2
    assert html.count("checked") == 2


def test_icons_and_hints_are_found_by_value_whatever_its_type():
    widget = ChipBoxes(
        choices=[(1, "school")], icons={1: "school"}, hints={"1": "hint"}
    )

    html = widget.render("areas", None)

    assert "<small>hint</small>" in html
    assert '<svg class="icon"' in html


def test_a_group_is_a_fieldset_that_names_its_hint_and_error():
    html = group(ExampleForm({}), "kind")

    assert 'aria-describedby="id_kind_helptext id_kind_error"' in html
    assert 'id="id_kind_helptext">Choose one</p>' in html
    assert 'id="id_kind_error"' in html
    assert "field--error" in html
    # not allowed on a radio button; the fieldset carries the error
    assert "aria-invalid" not in html


def test_a_field_shows_its_error_above_the_control():
    html = field(ExampleForm({"day": "yesterday"}), "day")

    assert html.index("id_day_error") < html.index('<input type="date"')
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_day_error"' in html


def test_a_date_keeps_the_form_the_browser_needs():
    with translation.override("lv"):
        html = field(ExampleForm({"day": "2026-11-12"}), "day")

    assert 'value="2026-11-12"' in html


def test_an_optional_question_says_so():
    assert "optional" in field(ExampleForm(), "people")
    assert "optional" not in field(ExampleForm(), "day")


def test_a_stepper_is_a_number_input_between_two_buttons():
    html = field(ExampleForm(), "people")

    assert '<input type="number" name="people"' in html
    assert html.count('<button type="button"') == 2


def test_the_summary_links_to_the_first_control_of_each_question():
    form = ExampleForm({"day": "2026-11-12"})

    html = render_to_string("partials/_error_summary.html", {"form": form})

    assert 'role="alert"' in html
    assert '<a href="#id_kind_0">' in html
    assert '<a href="#id_areas_0">' in html
    assert "#id_day" not in html


def test_a_form_without_errors_has_no_summary():
    html = render_to_string("partials/_error_summary.html", {"form": ExampleForm()})

    assert "error-summary" not in html


def test_the_summary_counts_what_is_missing_in_words_up_to_two():
    with translation.override("en"):
        two = ExampleForm({"day": "2026-11-12"})
        one = ExampleForm({"day": "2026-11-12", "kind": "call"})
        three = ExampleForm({})

        assert errors.title(one) == "One answer is missing"
        assert errors.title(two) == "Two answers are missing"
        assert errors.title(three) == "3 answers are missing"


def test_the_summary_says_correct_when_an_answer_is_wrong():
    form = ExampleForm({"kind": "call", "areas": ["1"], "day": "never"})

    with translation.override("en"):
        assert errors.title(form) == "1 thing to correct"


def test_the_summary_does_not_call_a_question_a_mistake():
    form = ExampleForm({"kind": "call", "areas": ["1"], "day": "2026-11-12"})
    question = forms.ValidationError("Save one more?", code="duplicate")
    form.add_error(None, question)

    with translation.override("en"):
        assert errors.title(form) == "One thing to make clear"
        form.add_error("day", question)
        assert errors.title(form) == "Some things to make clear"
        form.add_error("kind", forms.ValidationError("No such kind"))
        assert errors.title(form) == "3 things to correct"


def test_an_error_about_the_whole_form_has_no_link():
    form = ExampleForm({"kind": "call", "areas": ["1"], "day": "2026-11-12"})
    form.add_error(None, "A similar entry exists.")

    assert errors.links(form) == [("", "A similar entry exists.")]
