"""The whole story as people live it, in a real browser."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.running import running_service

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


def fill_in_the_form(page: Page) -> None:
    page.get_by_label("Client's email").fill(CLIENT)
    page.get_by_label("Client's employer or Wellbeing Hub").fill("Marel hf.")
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
