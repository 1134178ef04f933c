"""When a phone asks again for its copy, and when it must not keep one."""

import pytest
from playwright.sync_api import expect

from tests.journeys.storage import everything_kept

COPY = "/ierice/dati/"
PUT_AWAY = """
for (const [name, value] of [["hidden", true], ["visibilityState", "hidden"]])
    Object.defineProperty(document, name, {value});
document.dispatchEvent(new Event("visibilitychange"));
"""
A_WHILE = 3_000


@pytest.fixture
def asked(phone):
    """``True`` for each request for the copy."""
    found = []
    phone.context.on(
        "request", lambda request: found.append(request.url.endswith(COPY))
    )
    return found


def visit(phone, path):
    phone.go(path)
    phone.wait_until_ready()


def log(phone, minutes):
    phone.begin_entry()
    phone.answer(minutes=minutes, kind="office_talk")
    phone.save_one_more()
    phone.wait_until_ready()


def test_a_phone_that_is_put_away_asks_again_if_it_has_saved_something(
    phone, system, asked
):
    phone.sign_in(system.account("mediator"))
    asked.clear()

    visit(phone, "/gimenes/")
    phone.page.evaluate(PUT_AWAY)
    phone.page.wait_for_timeout(A_WHILE)
    log(phone, 45)
    visit(phone, "/lietas/")
    assert not any(asked)

    with phone.page.expect_response(f"**{COPY}") as answered:
        phone.page.evaluate(PUT_AWAY)
    assert answered.value.json()["last"]["minutes"] == 45


def test_a_phone_in_use_asks_after_five_minutes_and_after_two_if_it_changed_something(
    phone, system, asked
):
    phone.sign_in(system.account("mediator"))
    asked.clear()

    phone.shift_clock(minutes=3)
    visit(phone, "/gimenes/")
    phone.page.locator("[role=search] input[name=q]").fill("ozoli")
    with phone.page.expect_navigation():
        phone.page.keyboard.press("Enter")
    phone.wait_until_ready()
    assert not any(asked)

    log(phone, 60)
    visit(phone, "/lietas/")
    assert asked.count(True) == 1

    phone.shift_clock(minutes=3)
    visit(phone, "/gimenes/")
    assert asked.count(True) == 1
    phone.shift_clock(minutes=3)
    visit(phone, "/gimenes/")
    assert asked.count(True) == 2

    phone.shift_clock(days=-3)
    visit(phone, "/gimenes/")
    assert asked.count(True) == 3


def test_a_copy_that_arrives_after_somebody_has_signed_out_is_not_kept(phone, system):
    phone.sign_in(system.account("mediator"))
    phone.shift_clock(minutes=6)
    late, beside = [], phone.context.new_page()
    beside.route(f"**{COPY}", lambda route: late.append((route, route.fetch())))
    beside.goto(f"{system.url}/gimenes/")
    beside.wait_for_timeout(A_WHILE)
    [(route, answer)] = late
    assert answer.status in (200, 304)

    page = phone.page
    page.locator("nav.bottom > details > summary").click()
    page.locator("nav.bottom").get_by_role("button", name="Iziet").click()
    expect(page.get_by_role("link", name="Pieslēgties").first).to_be_visible()
    route.fulfill(response=answer)
    beside.wait_for_timeout(A_WHILE)

    assert everything_kept(page, system.url) == {}
