"""A mediator's day without signal: what the phone said is saved arrives exactly once."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.people import look_at
from tests.journeys.phone import Phone
from tests.journeys.proxy import Line
from tests.journeys.system import today

OUTBOX = "/ieraksti/nenosutitie/"
PLACES = ("Upesciema novads", "Kalnamuižas novads", "Vidmales novads")


@pytest.fixture(scope="module")
def system(prepared, tmp_path_factory):
    """An installation of its own behind a line that can fail."""
    system = prepared.copy(tmp_path_factory.mktemp("unreliable"))
    system.line = Line(system.port)
    system.url = f"http://127.0.0.1:{system.line.port}"
    system.env["SITE_URL"] = system.url
    with system.running():
        yield system
    system.line.close()


@pytest.fixture(autouse=True)
def reliable_line(system):
    yield
    system.line.mend()


@pytest.fixture
def phone(playwright, system, tmp_path):
    phone = Phone(playwright, str(tmp_path / "phone"), system)
    yield phone
    phone.close()


@pytest.fixture
def mediator(system):
    return system.account("mediator", "Upesciema novads")


def logged(system, account):
    """Lengths of this month's entries of a person, in the order of their numbers."""
    rows = system.rows(
        "SELECT v.minutes FROM cases_visit v JOIN mediators_user u ON u.id = v.mediator_id"
        " WHERE u.email = ? AND v.visited_on >= ? ORDER BY v.created_at, v.code",
        account["email"],
        today().replace(day=1).isoformat(),
    )
    return [minutes for (minutes,) in rows]


def test_three_entries_survive_a_dead_battery_and_arrive_once_in_order(
    phone, system, mediator
):
    before = logged(system, mediator)
    phone.sign_in(mediator)
    phone.lose_signal()
    phone.log_offline(minutes=15, kind="call")
    phone.log_offline(minutes=30, kind="home_visit")
    phone.log_offline(minutes=45, kind="office_talk")
    look_at(phone.page)

    phone.kill()
    phone.open()
    phone.lose_signal()
    phone.go("/sodien/")
    expect(phone.page.locator("[data-strip]")).to_contain_text(
        "Nav interneta. 3 ieraksti ir droši saglabāti."
    )
    look_at(phone.page)
    phone.go(OUTBOX)
    expect(phone.page.locator("[data-part=waiting] li")).to_have_count(3)
    look_at(phone.page)
    phone.page.locator("[data-part=waiting] li").nth(1).get_by_role(
        "link", name=re.compile("^Atvērt")
    ).click()
    phone.page.locator("[data-visit-form][data-ready]").wait_for()
    phone.page.locator("input[name=minutes][value='60']").check()
    phone.save()
    expect(phone.page.locator(".done--waiting")).to_be_visible()
    assert logged(system, mediator) == before

    phone.find_signal()
    phone.sign_in(mediator)
    phone.go(OUTBOX)
    phone.wait_until_sent()

    assert logged(system, mediator) == [*before, 15, 60, 45]
    assert phone.counts() == {"draft": 0, "waiting": 0, "fix": 0}


def test_an_expired_session_keeps_the_entry_and_asks_to_sign_in(phone, system):
    account = system.account("mediator", "Kalnamuižas novads")
    before = logged(system, account)
    phone.sign_in(account)
    phone.lose_signal()
    phone.log_offline(minutes=90)
    phone.context.clear_cookies()
    phone.find_signal()

    phone.go(OUTBOX)
    expect(phone.page.locator("[data-strip]")).to_contain_text(
        "Pieslēgums ir beidzies. Ieraksts ir drošībā."
    )
    assert logged(system, account) == before
    phone.page.locator("[data-strip] a").click()
    expect(phone.page.locator("main")).to_contain_text(
        "Šajā telefonā ir 1 nenosūtīts ieraksts. Tas ir drošībā."
    )
    phone.page.locator("input[name=login]").fill(account["email"])
    phone.page.locator("input[name=password]").fill(account["password"])
    phone.page.locator("main form button").first.click()

    expect(phone.page).to_have_url(re.compile(OUTBOX))
    phone.wait_until_sent()
    assert logged(system, account) == [*before, 90]


def test_entries_of_one_person_never_go_out_while_another_is_signed_in(phone, system):
    anna = system.account("mediator", "Dzintarkrasta novads")
    bruno = system.account("mediator", "Vidmales novads")
    before = logged(system, anna), logged(system, bruno)
    phone.sign_in(anna)
    phone.lose_signal()
    phone.log_offline(minutes=120)
    phone.context.clear_cookies()
    phone.find_signal()

    phone.sign_in(bruno)
    phone.go(OUTBOX)
    expect(phone.page.locator("[data-all-sent]")).to_be_visible()
    phone.begin_entry()
    assert not phone.page.locator("main").inner_text().count("120")
    assert (logged(system, anna), logged(system, bruno)) == before

    phone.context.clear_cookies()
    phone.sign_in(anna)
    phone.go(OUTBOX)
    phone.wait_until_sent()
    assert logged(system, anna) == [*before[0], 120]
    assert logged(system, bruno) == before[1]


def test_an_entry_of_a_month_that_was_handed_in_meanwhile_is_kept_as_a_late_one(
    phone, system
):
    account = system.account("mediator", "Vidmales novads")
    before = logged(system, account)
    phone.sign_in(account)
    phone.lose_signal()
    phone.log_offline(minutes=30)
    close = (
        "from cases.models import ClosedMonth; from mediators.models import User;"
        f"u = User.objects.get(email='{account['email']}');"
        "p = u.appointments.first().municipality;"
        "m, _ = ClosedMonth.objects.get_or_create("
        f"mediator=u, municipality=p, month='{today():%Y-%m}-01')"
    )
    system.manage("shell", "-c", close)

    phone.go(OUTBOX)
    phone.find_signal()
    phone.wait_until_sent()

    assert logged(system, account) == [*before, 30]
    phone.go("/ieraksti/")
    expect(phone.page.locator("main")).to_contain_text("Vēlīns ieraksts")
    system.manage("shell", "-c", f"{close}; m.delete()")


def test_a_server_killed_between_receiving_and_answering_doubles_nothing(
    phone, system, mediator, so_many
):
    before, times = logged(system, mediator), so_many(50)
    kills = []

    def kill(head):
        """Every entry is answered only after the server died over it once."""
        if not head.startswith("POST /ieraksti/sutit/") or len(kills) >= times:
            return False
        kills.append(head)
        system.kill_workers()
        return True

    phone.sign_in(mediator)
    phone.lose_signal()
    phone.log_offline(minutes=15)
    phone.queue_like_the_first(range(1, 26))
    system.line.before_answer = kill
    phone.go(OUTBOX)
    phone.find_signal()
    while len(kills) < times:
        phone.run("send", "(send) => send.sendAll().then(() => null)")
    phone.run("send", "(send) => send.sendAll().then(() => null)")
    phone.wait_until_sent()

    assert logged(system, mediator) == [*before, 15, *range(1, 26)]


def test_a_heap_of_entries_waits_45_days_under_a_shifted_clock_and_arrives_once(
    phone, system, so_many
):
    minutes = range(1, so_many(200))
    account = system.account("mediator", "Kalnamuižas novads")
    open_months = (
        "from cases.models import ClosedMonth;"
        f"ClosedMonth.objects.filter(mediator__email='{account['email']}').delete()"
    )
    system.manage("shell", "-c", open_months)
    phone.sign_in(account)
    phone.lose_signal()
    phone.log_offline(minutes=15)
    phone.queue_like_the_first(minutes)
    before = logged(system, account)

    phone.shift_clock(days=45)
    # The outbox would draw what is left of the heap again after each of them
    phone.go("/sodien/")
    days = phone.page.evaluate("Date.now()") / 86_400_000 - time.time() / 86_400
    assert round(days) == 45
    phone.find_signal()
    phone.wait_until_nothing_waits()
    phone.go(OUTBOX)
    phone.wait_until_sent()

    assert logged(system, account) == [*before, 15, *minutes]


@pytest.mark.parametrize("trouble", ["portal", "500", "503"])
def test_a_captive_portal_or_a_broken_server_is_no_answer(
    phone, system, mediator, trouble
):
    before = logged(system, mediator)
    phone.sign_in(mediator)
    if trouble == "portal":
        system.line.portal = "<!doctype html><title>WiFi</title><h1>Maksājiet</h1>"
    else:
        system.line.status = int(trouble)
    phone.begin_entry()
    phone.answer(minutes=60, kind="accompaniment")
    phone.page.locator("input[name=contact]").first.check()
    phone.save_for_later()
    assert phone.counts()["waiting"] == 1
    phone.go("/sodien/")
    expect(phone.page.locator("h1")).to_have_text("Šodien")

    system.line.mend()
    phone.go(OUTBOX)
    phone.run("send", "(send) => send.sendAll().then(() => null)")
    phone.wait_until_sent()
    assert logged(system, mediator) == [*before, 60]


def test_signing_out_with_unsent_entries_stops_and_offers_two_ways(phone, system):
    account = system.account("mediator", "Vidmales novads")
    before = logged(system, account)
    phone.sign_in(account)
    phone.lose_signal()
    phone.log_offline(minutes=45, kind="home_visit")
    phone.go("/sodien/")
    phone.page.locator("nav.bottom > details > summary").click()
    phone.page.locator("nav.bottom").get_by_role("button", name="Iziet").click()
    dialog = phone.page.get_by_role("dialog")
    expect(dialog).to_contain_text(
        "Šajā telefonā ir 1 nenosūtīts ieraksts. Ja iziesiet tagad, tas pazudīs."
    )
    look_at(phone.page)
    phone.find_signal()
    dialog.get_by_role("button", name="Palikt un nosūtīt").click()
    phone.go(OUTBOX)
    phone.wait_until_sent()
    assert logged(system, account) == [*before, 45]


def test_a_half_filled_entry_waits_while_a_new_family_is_added(phone, system):
    phone.sign_in(system.account("mediator", "Kalnamuižas novads"))
    phone.begin_entry()
    phone.answer(minutes=30, kind="home_visit", note="Vēl nav pabeigts")
    phone.page.locator("#family-search").fill("Pavisam jauna")
    phone.page.get_by_role("option", name=re.compile("^Pievienot jaunu")).click()
    phone.page.get_by_label("Ģimenes vārds vai iesauka").fill("Jaunatnācēju ģimene")
    phone.page.locator("input[name=told][value=later]").check()
    phone.page.locator(
        "form button.btn-primary, .foot button.btn-primary"
    ).first.click()

    phone.page.locator("[data-visit-form][data-ready]").wait_for()
    tile = phone.page.get_by_role("radio", name=re.compile("^Jaunatnācēju ģimene"))
    expect(tile).to_be_checked()
    expect(phone.page.locator("textarea[name=note]")).to_have_value("Vēl nav pabeigts")
    expect(phone.page.locator("input[name=minutes][value='30']")).to_be_checked()


def test_a_child_in_danger_is_written_down_without_signal_and_arrives_once(
    phone, system
):
    told = "SELECT count(*) FROM families_safeguardingnotice WHERE told = 'hotline'"
    [(before,)] = system.rows(told)
    phone.sign_in(system.account("mediator", "Vidmales novads"))
    phone.lose_signal()
    phone.go("/berns-briesmas/")
    page, save = phone.page, phone.page.get_by_role("button", name="Pierakstīt")
    page.locator("[data-notice-form][data-ready]").wait_for()
    expect(page.locator("a[href='tel:112']")).to_be_visible()
    expect(page.locator("input[name=told_on]")).to_have_value(today().isoformat())

    save.click()
    expect(page.locator(".error-summary")).to_contain_text("Izvēlieties, kam paziņojāt")
    look_at(page)
    page.locator("input[name=told][value=hotline]").check()
    page.locator("textarea[name=note]").fill("Pieņēma dežurante")
    save.click()
    expect(page.locator("[data-notice-kept]")).to_contain_text(
        "Saglabāts šajā telefonā"
    )
    look_at(page)

    phone.go(OUTBOX)
    row = page.locator("[data-part=waiting] li")
    expect(row).to_contain_text("Bērns ir briesmās")
    row.get_by_role("link", name=re.compile("^Atvērt")).click()
    page.locator("[data-notice-form][data-ready]").wait_for()
    expect(page.locator("textarea[name=note]")).to_have_value("Pieņēma dežurante")

    phone.find_signal()
    phone.go(OUTBOX)
    phone.wait_until_sent()
    assert system.rows(told) == [(before + 1,)]


def test_two_windows_with_one_draft_never_write_over_each_other_in_silence(
    phone, system
):
    account = system.account("mediator", "Kalnamuižas novads")
    before = logged(system, account)
    phone.sign_in(account)
    phone.begin_entry()
    phone.answer(minutes=30, kind="office_talk", note="Pirmais logs")
    first, state = phone.page, phone.page.locator("[data-draft-state]")
    expect(state).to_have_text("Melnraksts saglabāts")

    second = phone.context.new_page()
    second.goto(first.url)
    second.locator("[data-visit-form][data-ready]").wait_for()
    second.locator("textarea[name=note]").fill("Otrais logs")
    expect(second.locator("[data-draft-state]")).to_have_text("Melnraksts saglabāts")
    first.locator("textarea[name=note]").fill("Pirmais logs, vēlāk")

    question = first.get_by_role("alert")
    expect(question).to_contain_text("mainīts citā logā")
    look_at(first)
    phone.save()
    expect(question).to_be_visible()
    assert logged(system, account) == before
    question.get_by_role("button", name="Rādīt otru variantu").click()
    first.locator("[data-visit-form][data-ready]").wait_for()
    expect(first.locator("textarea[name=note]")).to_have_value("Otrais logs")

    phone.save()
    expect(first).to_have_url(re.compile("/saglabats/$"))
    second.get_by_role("button", name="Saglabāt", exact=True).click()
    question = second.get_by_role("alert")
    expect(question).to_contain_text("jau ir nosūtīts no cita loga")
    question.get_by_role("button", name="Rādīt nosūtīto").click()
    expect(second).to_have_url(re.compile(r"/ieraksti/\w+-\d+-\d+/$"))
    assert logged(system, account) == [*before, 30]


def test_copying_the_last_one_knows_the_entry_that_still_waits(phone, mediator):
    phone.sign_in(mediator)
    phone.lose_signal()
    about = {"kind": "office_talk", "family": 1, "note": "Paliek savā vietā"}
    phone.log_offline(minutes=90, **about)
    phone.begin_entry()

    phone.page.get_by_role("button", name=re.compile("^Kopēt pēdējo: saruna")).click()

    phone.page.locator("[data-visit-form][data-ready]").wait_for()
    checked = phone.page.locator("input:checked")
    assert {"office_talk", "90"} <= set(
        checked.evaluate_all("all => all.map(({value}) => value)")
    )
    expect(phone.page.locator("textarea[name=note]")).to_have_value("")
