"""What waits on a phone: taken back, begun, overtaken, come late, from two phones."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.people import look_at
from tests.journeys.phone import Phone
from tests.journeys.system import today

OUTBOX = "/ieraksti/nenosutitie/"
SEND = "(send) => send.sendAll().then(() => null)"


@pytest.fixture
def mediator(system):
    return system.account("mediator", "Dzintarkrasta novads")


@pytest.fixture
def logged(system, mediator):
    """Days and lengths of what was stored since the test began, in the order of storing."""

    def rows():
        return system.rows(
            "SELECT v.visited_on, v.minutes FROM cases_visit v"
            " JOIN mediators_user u ON u.id = v.mediator_id"
            " WHERE u.email = ? ORDER BY v.created_at, v.code",
            mediator["email"],
        )

    before = len(rows())
    return lambda: rows()[before:]


def waiting(phone):
    return phone.page.locator("[data-part=waiting] li")


def test_what_is_deleted_is_not_sent_and_can_be_taken_back(phone, mediator, logged):
    phone.sign_in(mediator)
    phone.lose_signal()
    phone.log_offline(minutes=15, family=1)
    phone.log_offline(minutes=45, kind="office_talk", family=1)
    phone.go(OUTBOX)

    waiting(phone).first.get_by_role("button", name=re.compile("^Dzēst")).click()
    undo = phone.page.get_by_role("button", name=re.compile("^Atsaukt"))
    expect(undo).to_be_focused()
    look_at(phone.page)
    phone.find_signal()
    phone.run("send", SEND)

    expect(waiting(phone)).to_have_count(1)
    assert [minutes for _day, minutes in logged()] == [45]
    undo.press("Enter")
    expect(waiting(phone).get_by_role("link").first).to_be_focused()
    phone.run("send", SEND)
    phone.wait_until_sent()
    assert [minutes for _day, minutes in logged()] == [45, 15]


def test_what_stays_deleted_is_gone_without_a_trace(phone, mediator, logged):
    phone.sign_in(mediator)
    phone.lose_signal()
    phone.log_offline(minutes=15, family=1)
    phone.go(OUTBOX)
    waiting(phone).get_by_role("button", name=re.compile("^Dzēst")).click()
    phone.page.get_by_role("button", name=re.compile("^Atsaukt")).wait_for()

    expect(waiting(phone)).to_have_count(0)
    assert (
        phone.run("store", "async (store) => (await store.items('deleted')).length")
        == 0
    )
    assert phone.counts() == {"draft": 0, "waiting": 0, "fix": 0}
    assert logged() == []


def test_a_draft_stands_on_the_day_with_signal_too(phone, mediator):
    phone.sign_in(mediator)
    phone.begin_entry()
    phone.answer(minutes=30, kind="office_talk", note="Vēl nav pabeigts")
    expect(phone.page.locator("[data-draft-state]")).to_have_text(
        "Melnraksts saglabāts"
    )

    phone.go("/sodien/")

    draft = phone.page.locator("[data-unsent] li")
    expect(draft).to_contain_text("Melnraksts")
    look_at(phone.page)
    draft.get_by_role("link").click()
    note = phone.page.locator("textarea[name=note]")
    expect(note).to_have_value("Vēl nav pabeigts")


def test_what_waits_is_corrected_as_it_is_written(phone, mediator, logged):
    phone.sign_in(mediator)
    phone.lose_signal()
    phone.log_offline(minutes=15, family=1)
    phone.go(OUTBOX)
    waiting(phone).get_by_role("link", name=re.compile("^Atvērt")).click()
    phone.page.locator("[data-visit-form][data-ready]").wait_for()
    phone.page.locator("input[name=minutes][value='60']").check()
    expect(phone.page.locator("[data-draft-state]")).to_have_text("Labojums saglabāts")

    phone.go(OUTBOX)
    expect(waiting(phone)).to_contain_text("1 h")
    phone.find_signal()
    phone.run("send", SEND)
    phone.wait_until_sent()
    assert [minutes for _day, minutes in logged()] == [60]


def test_a_notice_of_danger_is_kept_from_the_first_word(phone, mediator):
    phone.sign_in(mediator)
    phone.lose_signal()
    phone.go("/berns-briesmas/")
    phone.page.locator("[data-notice-form][data-ready]").wait_for()
    phone.page.locator("textarea[name=note]").fill("Zvanīju, nav atbildes")
    expect(phone.page.locator("[data-draft-state]")).to_have_text(
        "Melnraksts saglabāts"
    )

    phone.go(OUTBOX)
    draft = phone.page.locator("[data-part=draft] li")
    expect(draft).to_contain_text("Bērns ir briesmās")
    look_at(phone.page)
    draft.get_by_role("link", name=re.compile("^Atvērt")).click()

    note = phone.page.locator("textarea[name=note]")
    expect(note).to_have_value("Zvanīju, nav atbildes")


def test_a_notice_corrected_after_a_lost_answer_is_shown_beside_the_stored_one(
    phone, system, mediator
):
    def notices():
        return system.rows(
            "SELECT told FROM families_safeguardingnotice n"
            " JOIN mediators_user u ON u.id = n.by_id WHERE u.email = ?"
            " ORDER BY n.created_at",
            mediator["email"],
        )

    before = notices()
    phone.sign_in(mediator)
    phone.lose_signal()
    phone.go("/berns-briesmas/")
    phone.page.locator("[data-notice-form][data-ready]").wait_for()
    phone.page.locator("input[name=told][value=police]").check()
    phone.page.get_by_role("button", name="Pierakstīt").click()
    phone.page.locator("[data-notice-kept]:visible").wait_for()
    written = phone.run(
        "store",
        """async (store) => {
            const [waiting] = await store.items("waiting");
            return {id: waiting.id, ...(await store.contentOf(waiting))};
        }""",
    )
    phone.find_signal()
    phone.wait_until_nothing_waits()
    assert notices() == [*before, ("police",)]
    # As on a phone that sent it, but never heard the answer
    phone.run(
        "store",
        """(store, {id, pairs, ...content}) => store.keep(id, "waiting", {
            ...content,
            pairs: pairs.map(([name, value]) => [name, name === "told" ? "hotline" : value]),
        })""",
        written,
    )

    phone.run("send", SEND)
    phone.go(OUTBOX)
    refused = phone.page.locator("[data-part=fix] li")
    expect(refused).to_contain_text("jau ir saglabāts cits ieraksts")
    refused.locator("summary").click()
    expect(refused).to_contain_text("Policija 110")
    look_at(phone.page)
    refused.get_by_role("button", name=re.compile("^Paturēt abus")).click()
    phone.wait_until_sent()
    assert notices() == [*before, ("police",), ("hotline",)]


def test_who_is_no_mediator_any_more_loses_nothing_and_hears_whom_to_call(
    phone, system, mediator, logged
):
    def end_appointment(day):
        system.manage(
            "shell",
            "-c",
            "from mediators.models import Appointment;"
            f"Appointment.objects.filter(user__email='{mediator['email']}')"
            f".update(ends_on={day!r})",
        )

    phone.sign_in(mediator)
    phone.lose_signal()
    phone.log_offline(minutes=90, family=2)
    end_appointment((today() - timedelta(days=1)).isoformat())
    phone.go(OUTBOX)
    phone.find_signal()
    phone.run("send", SEND)

    expect(phone.page.locator("[data-strip]")).to_contain_text(
        "zvaniet tam, kas koordinē"
    )
    look_at(phone.page)
    expect(waiting(phone)).to_have_count(1)
    assert logged() == []
    end_appointment(None)
    phone.run("send", SEND)
    phone.wait_until_sent()
    assert [minutes for _day, minutes in logged()] == [90]


def test_an_entry_that_comes_sixty_days_late_is_stored_once_with_its_own_day(
    phone, system, mediator, logged
):
    day = (today() - timedelta(days=60)).isoformat()
    system.manage(
        "shell",
        "-c",
        "from cases.models import ClosedMonth;"
        f"ClosedMonth.objects.filter(mediator__email='{mediator['email']}').delete()",
    )
    phone.sign_in(mediator)
    phone.lose_signal()
    phone.log_offline(minutes=120, family=2)
    phone.run(
        "store",
        """async (store, day) => {
            const [waiting] = await store.items("waiting");
            const {pairs, ...content} = await store.contentOf(waiting);
            const late = pairs.map(([name, value]) => [name, name === "visited_on" ? day : value]);
            await store.keep(waiting.id, "waiting", {...content, pairs: late});
        }""",
        day,
    )
    phone.context.clear_cookies()
    phone.find_signal()

    phone.sign_in(mediator)
    phone.go(OUTBOX)
    phone.run("send", SEND)
    phone.wait_until_sent()
    assert logged() == [(day, 120)]


def test_an_entry_that_is_refused_shows_what_to_do_and_can_be_corrected(
    phone, system, mediator, logged
):
    phone.sign_in(mediator)
    phone.lose_signal()
    phone.log_offline(minutes=30, family=1)
    yesterday = f"'{today() - timedelta(days=1)}'"
    assignments_end = (
        "from families.models import FamilyAssignment;"
        f"rows = FamilyAssignment.objects.filter(mediator__email='{mediator['email']}');"
        # One that began today cannot have ended before
        f"rows.filter(starts_on__gt={yesterday}).update(starts_on={yesterday});"
        "rows.filter(ends_on={}).update(ends_on={})"
    )
    system.manage("shell", "-c", assignments_end.format(None, yesterday))

    phone.go(OUTBOX)
    phone.find_signal()
    row = phone.page.locator("[data-part=fix] li")
    expect(row).to_contain_text("Izvēlieties ģimeni")
    assert logged() == []
    look_at(phone.page)
    system.manage("shell", "-c", assignments_end.format(yesterday, None))
    row.get_by_role("link", name=re.compile("^Atvērt")).click()
    phone.page.locator("[data-visit-form][data-ready]").wait_for()
    expect(phone.page.locator(".error-summary")).to_be_visible()
    phone.page.locator("input[name=minutes][value='45']").check()
    phone.save()

    expect(phone.page).to_have_url(re.compile("/saglabats/$"))
    assert [minutes for _day, minutes in logged()] == [45]


def test_the_same_visit_from_two_phones_is_asked_about_and_then_stored(
    phone, playwright, system, tmp_path, mediator, logged
):
    other = Phone(playwright, str(tmp_path / "other"), system)
    for each in (phone, other):
        each.sign_in(mediator)
        each.lose_signal()
        each.log_offline(minutes=30, kind="home_visit", family=2)
    for each in (phone, other):
        each.find_signal()
        each.go(OUTBOX)
        each.run("send", SEND)

    phone.wait_until_sent()
    refused = other.page.locator("[data-part=fix] li")
    expect(refused).to_have_count(1)
    look_at(other.page)
    assert [minutes for _day, minutes in logged()] == [30]
    refused.get_by_role("button", name=re.compile("^Tas ir cits")).click()
    other.run("send", SEND)
    other.wait_until_sent()
    assert [minutes for _day, minutes in logged()] == [30, 30]
    other.close()


def test_a_form_that_the_phone_does_not_keep_stays_open_without_signal(phone, mediator):
    phone.sign_in(mediator)
    phone.go("/gimenes/jauna/")
    label = phone.page.locator("[name=label]")
    label.fill("Zibšņu ģimene")
    phone.page.locator("[name=told]").first.check()

    phone.lose_signal()
    phone.save()

    said = phone.page.locator("[data-strip]")
    expect(said).to_contain_text("nekas nav saglabāts")
    expect(said).to_be_in_viewport()
    expect(label).to_have_value("Zibšņu ģimene")
    look_at(phone.page)
    phone.find_signal()
    phone.save()
    expect(phone.page).to_have_url(re.compile(r"/gimenes/[A-Z]+-\d+/"))


def test_somebody_is_found_by_their_institution_without_signal(phone, mediator):
    phone.sign_in(mediator)
    person = phone.run(
        "store",
        "async (store) => (await store.copyOf(await store.currentPerson()))"
        ".people.find(({ office }) => office)",
    )
    phone.lose_signal()
    phone.begin_entry()
    phone.page.locator("input[name=kind][value=institution_meeting]").check()
    search = phone.page.locator("[data-partner] [role=combobox]").first

    search.fill(person["office"])

    found = phone.page.get_by_role("option").filter(has_text=person["name"])
    expect(found.first).to_contain_text(person["office"])
