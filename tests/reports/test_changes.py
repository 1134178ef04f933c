"""Old and new words side by side, and words that a comment is about."""

import pytest

from reports.changes import Piece, compared, is_quoted_from, marked
from reports.models import Comment
from reports.services import review
from tests.reports.october import log_october, submitted


def test_one_word_that_changed_is_shown_old_and_new_between_those_that_stayed():
    assert compared("Divām ģimenēm ir parādi.", "Trim ģimenēm ir parādi.") == [
        Piece("Divām ", "old"),
        Piece("Trim ", "new"),
        Piece("ģimenēm ir parādi."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("", "Jauns teksts.", ["new"]),
        ("Vecs teksts.", "", ["old"]),
        ("Viens divi", "Viens  divi", ["same"]),
        ("A b c d", "x y b c d", ["old", "new", "same"]),
    ],
)
def test_what_came_and_what_went(old, new, kinds):
    pieces = compared(old, new)

    assert [piece.kind for piece in pieces] == kinds
    assert "".join(piece.words for piece in pieces if piece.kind != "old") == new


def test_three_thousand_characters_of_other_words_are_compared():
    pieces = compared("vecs " * 600, "jauns " * 500)

    assert [piece.kind for piece in pieces] == ["old", "new"]


def test_quoted_words_are_found_however_they_are_spaced_and_mean_no_pattern():
    assert marked("Bez grafika (kā\nteikts) izkrīt.", ["grafika (kā teikts)"]) == [
        Piece("Bez "),
        Piece("grafika (kā\nteikts)", "marked"),
        Piece(" izkrīt."),
    ]
    assert is_quoted_from("kā teikts", "(kā\nteikts)")


@pytest.fixture
def report(client, mediator, coordinator):
    """Submitted; the coordinator is signed in."""
    log_october(mediator)
    client.force_login(coordinator)
    return submitted(mediator)


def page_of(client, report):
    return client.get(f"{report.get_absolute_url()}parskatit/").content.decode()


def comment_on(client, report, **data):
    return client.post(
        f"{report.get_absolute_url()}komentari/",
        {"section": "hardest", "text": "Kuras?"} | data,
    )


def test_a_comment_marks_the_words_that_it_is_about(client, report):
    comment_on(client, report, quote="ir īres parādi")

    page = page_of(client, report)
    assert "<mark>ir īres parādi</mark>" in page
    assert "<q>ir īres parādi</q>" in page


def test_words_that_are_not_there_are_left_out_and_the_comment_stays(client, report):
    comment_on(client, report, quote="tādu vārdu nav")

    comment = Comment.objects.get()
    assert (comment.quote, comment.text) == ("", "Kuras?")


def test_a_corrected_comment_keeps_its_words(client, report):
    comment_on(client, report, quote="ir īres parādi")
    comment = Comment.objects.get()
    address = f"{report.get_absolute_url()}komentari/{comment.pk}/"
    form = client.get(address).context["form"]

    client.post(address, form.initial | {"text": "Kuras tieši?"})

    comment.refresh_from_db()
    assert (comment.quote, comment.text) == ("ir īres parādi", "Kuras tieši?")


def hand_back_and_in(report, mediator, coordinator, **texts):
    report.comments.create(section="hardest", author=coordinator, text="Kad?")
    review.return_for_correction(report, by=coordinator)
    for key, text in texts.items():
        section = report.sections.get(key=key)
        section.text, section.is_accepted = text, False
        section.save()
    report.comments.update(is_open=False)
    review.submit(report, by=mediator)


def test_after_a_correction_only_what_changed_stands_out(
    client, report, mediator, coordinator
):
    report.sections.filter(key="positive").update(is_accepted=True)
    hand_back_and_in(
        report, mediator, coordinator, hardest="Divām ģimenēm bija īres parādi."
    )

    page = page_of(client, report)
    response = client.get(f"{report.get_absolute_url()}parskatit/")
    assert [part.key for part in response.context["changed"]] == ["hardest"]
    assert "</span>bija </ins>" in page
    assert "Nav mainīta kopš atzīmes" in page


def test_a_first_review_compares_with_nothing(client, report):
    response = client.get(f"{report.get_absolute_url()}parskatit/")

    assert not response.context["is_back"]
    assert response.context["changed"] == []


def test_figures_and_asks_that_changed_are_told_too(
    client, report, mediator, coordinator
):
    report.comments.create(section="figures", author=coordinator, text="Kad?")
    review.return_for_correction(report, by=coordinator)
    mediator.visits.first().delete()
    report.asks.first().delete()
    review.submit(report, by=mediator)

    response = client.get(f"{report.get_absolute_url()}parskatit/")

    changed = {part.key: part.changes for part in response.context["changed"]}
    assert set(changed) == {"figures", "support"}
    assert "5" in [piece.words.strip() for piece in changed["figures"]]


def test_the_history_shows_what_a_new_version_changed(
    client, report, mediator, coordinator
):
    review.approve(report, by=coordinator)
    review.reopen(report, by=coordinator, reason="Trūkst teikuma")
    section = report.sections.get(key="directions")
    section.text += " Trešais bija veselība."
    section.save()
    review.submit(report, by=mediator)
    review.approve(report, by=coordinator)

    response = client.get(f"{report.get_absolute_url()}vesture/")

    assert [
        (version.number, [change.title for change in changes])
        for version, changes in response.context["versions"]
    ] == [(2, ["Galvenie darba virzieni"]), (1, [])]
    assert "</span>Trešais bija veselība.</ins>" in response.content.decode()
