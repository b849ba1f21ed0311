"""A real browser without a window, and servers for it: make test-browser."""

import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from tests.browser.jupyterlab import Server

WINDOW = {"width": 1400, "height": 900}
SHORT_PATIENCE = 60_000  # milliseconds; a page of JupyterLab on a busy machine


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by Playwright; nothing is downloaded."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium is not there; on Debian: sudo apt-get install chromium.", pytrace=False)
    expect.set_options(timeout=SHORT_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """serve(folder) -> Server, closed at the end."""
    servers = []

    def start(folder):
        servers.append(Server(folder, tmp_path_factory.mktemp("home")))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def visit(chromium, tmp_path_factory):
    """visit() -> a page for a `with` block; what it showed last is kept as a picture where the block fails."""

    @contextmanager
    def one_page():
        context = chromium.new_context(viewport=WINDOW, accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(SHORT_PATIENCE)
        try:
            yield page
        except (Error, AssertionError) as reason:
            picture = tmp_path_factory.mktemp("failed") / "page.png"
            page.screenshot(path=picture)
            reason.add_note(f"what the browser showed: {picture}")
            raise
        finally:
            context.close()

    return one_page
