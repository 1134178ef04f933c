"""When a phone asks again for its copy: its owner pays for the bytes, others for the work."""

from playwright.sync_api import expect

COPY = "/ierice/dati/"
PUT_AWAY = """
for (const [name, value] of [["hidden", true], ["visibilityState", "hidden"]])
    Object.defineProperty(document, name, {value});
document.dispatchEvent(new Event("visibilitychange"));
"""
A_WHILE = 3_000


def test_a_phone_that_is_put_away_asks_again_if_it_has_saved_something(phone, system):
    asked = []
    phone.sign_in(system.account("mediator"))
    phone.context.on(
        "request", lambda request: asked.append(request.url.endswith(COPY))
    )

    phone.go("/gimenes/")
    phone.page.evaluate(PUT_AWAY)
    phone.page.wait_for_timeout(A_WHILE)
    assert not any(asked)

    phone.begin_entry()
    phone.answer(minutes=45, kind="office_talk")
    phone.save()
    expect(phone.page.locator(".done").first).to_be_visible()
    phone.go("/lietas/")
    phone.wait_until_ready()
    assert not any(asked)

    with phone.page.expect_response(f"**{COPY}") as answered:
        phone.page.evaluate(PUT_AWAY)
    assert answered.value.json()["last"]["minutes"] == 45
    assert asked.count(True) == 1
