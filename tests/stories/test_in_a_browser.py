"""The whole story as people live it, in a real browser."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from sandbox.server import Sandbox
from tests.running import running_service, until
from tests.stories.staff_and_professionals import HR, ORGANISATION, make_organisation, notes, state

CLIENT = "jona@heima.example.is"
PROFESSIONAL = "anna@clinic.example.is"

#: Chromium must reach nothing but this machine.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium that is installed. On CI a missing one is a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


def fill_in_the_form(page: Page, organisation: str = "Marel hf.") -> None:
    page.get_by_label("Client's email").fill(CLIENT)
    page.get_by_label("Client's employer or Wellbeing Hub").fill(organisation)
    page.get_by_label("Your email").fill(PROFESSIONAL)
    page.get_by_label(re.compile("Additional information")).fill("A few more would help.")
    page.get_by_role("button", name=re.compile("Submit|Send")).click()
    expect(page.get_by_text(re.compile("thank", re.IGNORECASE)).first).to_be_visible()


def test_from_the_form_to_the_credits(browser: Browser, tmp_path: Path) -> None:
    with running_service(tmp_path, GRANT_DELAY_SECONDS="1") as service:
        at = service.sandbox.url
        page = browser.new_page()
        page.goto(f"{at}/form")
        fill_in_the_form(page)

        page.goto(f"{at}/board")
        card = page.locator("[data-ticket-id]")
        expect(card).to_have_count(1)
        expect(card).to_contain_text("Marel hf.")
        expect(page.locator("main")).not_to_contain_text("jona")
        card.locator("input[name=credits_to_grant]").fill("4")
        card.drag_to(page.locator('[data-stage-label="Approved"]'))
        added = page.locator('[data-stage-label="Credits added"] [data-ticket-id]')
        expect(added).to_have_count(1, timeout=15_000)
        expect(added).to_contain_text("4 credits added")

        page.goto(f"{at}/credits")
        balance = page.locator(f'[data-client="{CLIENT}"]')
        expect(balance).to_contain_text("4")
        expect(page.locator("[data-client]")).to_have_count(1)

        page.goto(f"{at}/mailbox")
        mails = page.locator("[data-mail]")
        expect(mails).to_have_count(2)
        expect(page.locator("main")).to_contain_text(re.compile("received", re.IGNORECASE))
        expect(page.locator("main")).to_contain_text(re.compile("credits", re.IGNORECASE))
        expect(page.locator("main")).to_contain_text(PROFESSIONAL)
        expect(page.locator("main")).not_to_contain_text(CLIENT)
        assert [grant.credits for grant in service.sandbox.credits.grants.values()] == [4]


def see(page: Page, folder: Path, name: str) -> None:
    """A picture of the page, for people to look at."""
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def find_card(page: Page, stage: str) -> Locator:
    """The one card, in the column of this stage."""
    card = page.locator(f'[data-stage-label="{stage}"] [data-ticket-id]')
    expect(card).to_have_count(1, timeout=15_000)
    return card


def write_to_the_organisation(page: Page, folder: Path) -> None:
    """The letter is there already; staff only look at it and send it."""
    expect(page.get_by_label("To", exact=False).first).to_have_value(HR)
    expect(page.get_by_label("Subject")).to_have_value(re.compile("Credit request CR-"))
    expect(page.get_by_label("Text")).to_have_value(re.compile("whether you agree to 4 more"))
    see(page, folder, "2-letter")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-letter]")).to_have_count(1)


def answer_as_the_organisation(page: Page, at: str, text: str) -> None:
    page.goto(f"{at}/organisation")
    page.locator("[data-exchange]").click()
    expect(page.get_by_label("From")).to_have_value(HR)
    page.get_by_label("Text").fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-letter]").last).to_contain_text(text)


def test_the_organisation_is_asked_and_answers(browser: Browser, tmp_path: Path) -> None:
    with running_service(
        tmp_path, prepare=make_organisation, GRANT_DELAY_SECONDS="1", LETTER_LANGUAGE="en"
    ) as service:
        at, page = service.sandbox.url, browser.new_page()
        page.goto(f"{at}/form")
        fill_in_the_form(page, ORGANISATION)

        page.goto(f"{at}/board")
        card = find_card(page, "New")
        expect(card).to_contain_text(f"Company: {ORGANISATION}")
        card.locator("input[name=credits_to_grant]").fill("4")
        card.locator("input[name=credits_to_grant]").press("Enter")
        until(lambda: "4 more credits" in letter_on(service.sandbox))
        see(page, tmp_path, "1-new")
        card.get_by_role("link", name="Write to the organisation").click()
        write_to_the_organisation(page, tmp_path)
        page.goto(f"{at}/board")
        find_card(page, "New").drag_to(page.locator('[data-stage-label="Asked organisation"]'))
        find_card(page, "Asked organisation")
        see(page, tmp_path, "3-asked")

        answer_as_the_organisation(page, at, "Hello,\n\nwe agree to 3 credits.\n\nRegards, Pat")
        see(page, tmp_path, "4-answered")
        page.goto(f"{at}/board")
        replied = find_card(page, "Organisation replied")
        expect(replied.locator("input[name=credits_to_grant]")).to_have_value("3")
        replied.locator("button.title").click()
        detail = page.locator("#detail-notes")
        expect(detail).to_contain_text("seems to agree to another number: 3 credits")
        expect(detail).to_contain_text("we agree to 3 credits")
        see(page, tmp_path, "5-replied")
        page.get_by_role("button", name="Close").click()

        answer_as_the_organisation(page, at, "Is it Jón?")
        note = until(lambda: [one for one in notes(service.sandbox) if "asks who it is" in one])[0]
        assert "Answer if asked who it is" in note
        assert "Jón" not in note
        page.goto(f"{at}/board")
        find_card(page, "Organisation replied").locator("button.title").click()
        expect(detail).to_have_text(re.compile(r"the decision\.\n\nThe mail asks who"))
        expect(detail).to_contain_text("Whether a guess is right or wrong")
        expect(page.locator("#detail")).to_contain_text("neither confirm nor deny")
        see(page, tmp_path, "6-guess")
        page.get_by_role("button", name="Close").click()

        replied = find_card(page, "Organisation replied")
        replied.drag_to(page.locator('[data-stage-label="Approved"]'))
        expect(find_card(page, "Credits added")).to_contain_text("3 credits added")
        see(page, tmp_path, "7-added")
        page.goto(f"{at}/credits")
        expect(page.locator(f'[data-client="{CLIENT}"]')).to_contain_text("3")
        page.goto(f"{at}/mailbox")
        expect(page.locator("[data-mail]")).to_have_count(2)
        expect(page.locator("main")).to_contain_text(PROFESSIONAL)
        see(page, tmp_path, "8-mails")
        assert [grant.credits for grant in service.sandbox.credits.grants.values()] == [3]


def letter_on(sandbox: Sandbox) -> str:
    """The letter that is ready on the one card."""
    (ticket,) = state(sandbox)["tickets"]
    return str(ticket["properties"].get("credit_request_letter"))
