"""A headless Chromium for the module, and pages of reports in it that are watched for errors and requests."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from simulator.trace import Trace
from simulator.trace.report import write

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Skips where there is none: it is no Python package, so `make` can't bring it along."""
    program = os.environ.get("MIMI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("there is no Chromium here; MIMI_CHROMIUM may name one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Path]:
    """The pages that have been written, by their scenarios' ids: the same ones serve several tests."""
    return defaultdict(lambda: tmp_path_factory.mktemp("report") / "report.html")


@dataclass
class Opened:
    """A report in a browser, with all that the browser complained about and asked for."""

    page: Page
    complaints: list[str]
    requests: list[str]

    def rows(self) -> list[str]:
        """What the diagram's rows say to those who hear it."""
        return self.page.locator(".diagram .row").evaluate_all("rows => rows.map(row => row.ariaLabel)")

    def selected(self) -> str:
        """The row at the cursor."""
        return str(self.page.locator('.diagram .row[aria-selected="true"]').get_attribute("aria-label"))

    def colour(self) -> str:
        """The background, as CSS has it."""
        return str(self.page.evaluate("getComputedStyle(document.body).backgroundColor"))


Open = Callable[..., Opened]


@pytest.fixture
def open_report(browser: Browser, reports: dict[tuple[str, ...], Path]) -> Iterator[Open]:
    """Write a report and open it; at the end there must have been no complaint and no request but for the file."""
    opened: list[Opened] = []

    def open_it(*traces: Trace, place: str = "", dark: bool = False, before: str = "", **more: Any) -> Opened:
        file = reports[tuple(trace.header.scenario for trace in traces)]
        if not file.exists():
            write(traces, file)
        page = browser.new_page(color_scheme="dark" if dark else "light", **more)
        found = Opened(page, [], [])
        opened.append(found)
        page.on("console", lambda message: found.complaints.append(message.text))
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.on("request", lambda request: found.requests.append(request.url))
        if before:
            page.add_init_script(before)
        page.goto(f"{file.as_uri()}{place}")
        page.wait_for_selector("body[data-ready]", state="attached")
        return found

    yield open_it
    for each in opened:
        asked = [url for url in each.requests if not url.startswith(("file:", "data:"))]
        assert (each.complaints, asked) == ([], [])
        each.page.close()
