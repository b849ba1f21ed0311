"""JupyterLab as a student has it: a real server on this machine, and one of its notebooks in a browser."""

import json
import os
import re
import secrets
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect

STARTING = 180  # seconds until a server is there, on a busy machine
PATIENCE = 240_000  # milliseconds until something is to be seen: the longest wait is for a training
RUNNING_AT = re.compile(r"http://127\.0\.0\.1:\d+/")
NEWS = "lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"


class Server:
    """JupyterLab on a free port of 127.0.0.1, with a token, a home of its own and no settings but its first."""

    def __init__(self, folder, home):
        self.token = secrets.token_hex(16)
        settings = Path(home, "config", NEWS)
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))  # nothing of the network
        places = {f"JUPYTER_{kind}_DIR": str(Path(home, kind.lower())) for kind in ("CONFIG", "DATA", "RUNTIME")}
        environment = os.environ | places | {"HOME": str(home), "IPYTHONDIR": str(Path(home, "ipython"))}
        environment |= {"JUPYTER_TOKEN": self.token, "OMP_NUM_THREADS": "1"}
        environment.pop("RNN_DATA", None)  # a student's machine has the practice corpus alone
        command = [sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", "--ip=127.0.0.1", "--port=0"]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        self.address = self.read_address()
        self.reader = threading.Thread(target=self.process.stderr.read)  # a full pipe would stop the server
        self.reader.start()

    def read_address(self):
        """The address that the server says it has.  Raises RuntimeError with what it said instead."""
        said = []
        backstop = threading.Timer(STARTING, self.process.kill)
        backstop.start()
        for line in self.process.stderr:
            said.append(line)
            if found := RUNNING_AT.search(line):
                backstop.cancel()
                return found[0]
        self.process.stderr.close()
        raise RuntimeError(f"JupyterLab did not start: {''.join(said)}")

    def page(self, path):
        """The address of one of its pages, with the token."""
        return f"{self.address}{path}?token={self.token}"

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.reader.join()
        self.process.stderr.close()


def choose(page, menu, entry):
    """Choose an entry of a menu, such as "Run" and "Run All Cells"."""
    page.locator(".lm-MenuBar-item").get_by_text(menu, exact=True).click()
    page.locator(".lm-Menu-item").get_by_text(entry, exact=True).click()


class Notebook:
    """A notebook that is open in JupyterLab, handled by its cells' ids; everything is done with mouse and keyboard."""

    def __init__(self, page, address, notebook):
        self.page = page
        self.places = {cell.id: place for place, cell in enumerate(notebook.cells)}
        page.goto(address)
        expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(len(notebook.cells))
        expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible()

    def cell(self, cell_id):
        return self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{self.places[cell_id]}"]')

    def retype(self, cell_id, line, wanted):
        """Put the cursor into a line of a cell (as the student reads it, without its indent) and type another."""
        self.cell(cell_id).get_by_text(line, exact=True).click()
        for key in ("End", "Shift+Home"):
            self.page.keyboard.press(key)
        self.page.keyboard.type(wanted)

    def click(self, cell_id):
        self.cell(cell_id).locator(".cm-line").first.click()

    def run(self, cell_id):
        """Run one cell to its end."""
        self.click(cell_id)
        with self.runs(cell_id):
            self.page.keyboard.press("Control+Enter")

    def save(self):
        choose(self.page, "File", "Save Notebook")
        expect(self.page.locator("#jp-main-dock-panel .jp-mod-dirty")).to_have_count(0)

    @contextmanager
    def runs(self, cell_id):
        """Wait until a cell, which something in the `with` block sets running, has run to its end."""
        prompt = self.cell(cell_id).locator(".jp-InputArea-prompt")
        before = prompt.inner_text()
        yield
        expect(prompt).not_to_have_text(before)
        expect(prompt).to_have_text(re.compile(r"^\[\d+\]:$"), timeout=PATIENCE)

    def shown(self, cell_id):
        """The text of a cell's outputs, as it is to be seen, once there are any."""
        outputs = self.cell(cell_id).locator(".jp-OutputArea-output")
        outputs.first.scroll_into_view_if_needed()  # what is far away is not drawn, and has no text
        expect(outputs.first).to_be_visible()
        return "\n".join(outputs.all_inner_texts())
