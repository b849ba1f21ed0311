"""What several test modules need."""

import importlib.util
import os
import signal
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def hear_ctrl_c():
    """What a shell starts in the background is deaf to Ctrl-C, and so is all that it starts: not what is tried here."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def real_documents():
    """The path of df_file.csv, which is not ours to give: where it is absent, the test is skipped."""
    asked_for = Path(os.environ.get("RNN_DATA") or REPOSITORY / "data")
    places = (asked_for, asked_for / "df_file.csv", REPOSITORY.parent / "shared" / "data" / "df_file.csv")
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        pytest.skip("df_file.csv is not there: neither where RNN_DATA points, nor in data/, nor in ../shared/data/")
    return found


@pytest.fixture
def load_module(monkeypatch):
    """load_module(name, path) -> the module made of a file, known under that name while the test runs."""

    def load_one(name, path):
        place = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(place)
        monkeypatch.setitem(sys.modules, name, module)
        place.loader.exec_module(module)
        return module

    return load_one
