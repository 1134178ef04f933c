"""The log form offers what can be done in the kind of contact that was chosen."""

from playwright.sync_api import expect

from tests.journeys.people import sign_in


def test_the_list_follows_the_kind_and_forgets_what_does_not_fit(browser, system):
    page = browser.new_context(locale="lv-LV").new_page()
    sign_in(page, system, system.account("mediator"))
    page.goto(f"{system.url}/ieraksti/jauns/")
    expect(page.locator("[data-visit-form][data-ready]")).to_be_visible()
    done = page.get_by_label("Ko darījāt?")
    page.locator("summary", has_text="Ko darījāt").click()

    page.get_by_role("radio", name="Mājas apmeklējums").check()
    done.select_option("HOME_VISIT_JOINT")
    page.get_by_role("radio", name="Zvans vai ziņa").check()

    expect(done).to_have_value("")
    offered = done.locator("optgroup:not([hidden])")
    assert offered.evaluate_all("(groups) => groups.map((group) => group.label)") == [
        "Zvans vai ziņa",
        "Jebkurā saziņā",
    ]
    done.select_option("CALL_ABROAD")
    page.get_by_role("radio", name="Mājas apmeklējums").check()
    expect(done).to_have_value("")
    page.context.close()


def test_a_call_asks_for_no_way_and_sends_none(browser, system):
    page = browser.new_context(locale="lv-LV").new_page()
    sign_in(page, system, system.account("mediator"))
    page.goto(f"{system.url}/ieraksti/jauns/")
    expect(page.locator("[data-visit-form][data-ready]")).to_be_visible()
    page.locator("summary", has_text="Ko darījāt").click()
    page.get_by_role("radio", name="Mājas apmeklējums").check()
    way = page.locator('[name="transport"]')
    way.select_option("PRIVATE")
    page.locator('[name="kilometres"]').fill("40")

    page.get_by_role("radio", name="Zvans vai ziņa").check()

    for name in ("venue", "transport", "kilometres"):
        expect(page.locator(f'[name="{name}"]')).to_be_hidden()
    sent = page.locator("[data-visit-form]").evaluate(
        "(form) => [...new FormData(form).keys()]"
    )
    assert not {"venue", "transport", "kilometres"}.intersection(sent)
    page.get_by_role("radio", name="Mājas apmeklējums").check()
    expect(page.locator('[name="kilometres"]')).to_have_value("40")
    page.context.close()
