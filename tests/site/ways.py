"""One hand for two browsers, so that each way through the site is written once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from marionette_driver import errors
from marionette_driver.by import By
from marionette_driver.marionette import Marionette
from marionette_driver.wait import Wait
from playwright.sync_api import Browser, Page

from tests.conftest import PATIENCE
from tests.site.elsewhere import Elsewhere
from tests.site.firefox import firefox

WIDTH, HEIGHT = 1280, 800


class Hand:
    """What a reader does. Selectors are CSS, expressions JavaScript; `downloads` is where files arrive."""

    name: str
    downloads: Path

    def visit(self, address: str) -> None: ...

    def click(self, selector: str) -> None: ...

    def write(self, selector: str, text: str) -> None: ...

    def unfold(self, selector: str) -> None:
        """Opens what is folded."""
        self.click(f"{selector} > summary")

    def ask(self, expression: str) -> Any: ...

    def until(self, expression: str) -> Any:
        """The value of an expression as soon as it is something, on whatever page is there by then."""
        raise NotImplementedError

    def download(self, selector: str) -> Path:
        """The file that a click hands over."""
        raise NotImplementedError

    def arrive(self, end: str) -> None:
        """Waits for the page whose address holds `end`."""
        self.until(f"location.href.includes({end!r}) && document.readyState === 'complete'")


class Chromium(Hand):
    """A new window, with a storage of its own."""

    name = "Chromium"

    def __init__(self, page: Page, downloads: Path):
        self.page, self.downloads = page, downloads

    def visit(self, address: str) -> None:
        self.page.goto(address)

    def click(self, selector: str) -> None:
        self.page.locator(selector).locator("visible=true").first.click()

    def write(self, selector: str, text: str) -> None:
        self.click(selector)
        self.page.keyboard.type(text)

    def ask(self, expression: str) -> Any:
        return self.page.evaluate(f"() => ({expression})")

    def until(self, expression: str) -> Any:
        return self.page.wait_for_function(f"() => ({expression})").json_value()

    def download(self, selector: str) -> Path:
        with self.page.expect_download() as coming:
            self.click(selector)
        return Path(shutil.copy(coming.value.path(), self.downloads / coming.value.suggested_filename))


class Firefox(Hand):
    """The same window again and again; what pages keep is theirs, so each test has a server or a folder of its own."""

    name = "Firefox"

    def __init__(self, driver: Marionette, downloads: Path):
        self.driver, self.downloads = driver, downloads

    def visit(self, address: str) -> None:
        self.driver.navigate(address)

    def click(self, selector: str) -> None:
        def clicked(_: object) -> bool:
            for one in self.driver.find_elements(By.CSS_SELECTOR, selector):
                if one.is_displayed():
                    one.click()
                    return True
            return False

        moving = (errors.StaleElementException, errors.ElementNotInteractableException)
        Wait(self.driver, PATIENCE, 0.05, ignored_exceptions=moving).until(clicked, message=selector)

    def write(self, selector: str, text: str) -> None:
        self.click(selector)
        self.driver.find_element(By.CSS_SELECTOR, selector).send_keys(text)

    def unfold(self, selector: str) -> None:
        """A press in the first moments of a page may be lost in this browser; then a reader presses again."""
        def opened(_: object) -> bool:
            if not self.ask(f"document.querySelector({selector!r}).open"):
                self.click(f"{selector} > summary")
            return self.ask(f"document.querySelector({selector!r}).open")

        Wait(self.driver, PATIENCE, 0.5).until(opened, message=selector)

    def ask(self, expression: str) -> Any:
        return self.driver.execute_script(f"return {expression}", sandbox=None)

    def until(self, expression: str) -> Any:
        waiting = Wait(self.driver, PATIENCE, 0.05, ignored_exceptions=[errors.JavascriptException])
        return waiting.until(lambda _: self.ask(expression), message=expression)

    def download(self, selector: str) -> Path:
        before = set(self.downloads.iterdir())
        self.click(selector)

        def arrived(_: object) -> Path | None:
            new = [path for path in self.downloads.iterdir() if path not in before and path.stat().st_size]
            return None if not new or any(path.suffix == ".part" for path in new) else new[0]

        return Wait(self.driver, PATIENCE, 0.05).until(arrived)


@contextmanager
def chromium_hand(browser: Browser, downloads: Path, elsewhere: Elsewhere | None = None) -> Iterator[Chromium]:
    proxy = elsewhere and elsewhere.for_chromium
    with browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, proxy=proxy) as context:
        yield Chromium(context.new_page(), downloads)


@contextmanager
def firefox_hand(downloads: Path, elsewhere: Elsewhere | None = None, **settings: object) -> Iterator[Firefox]:
    settings |= {"browser__download__folderList": 2, "browser__download__dir": str(downloads)}
    with firefox(WIDTH, HEIGHT, **settings, **(elsewhere.for_firefox if elsewhere else {})) as driver:
        yield Firefox(driver, downloads)
