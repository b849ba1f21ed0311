"""What the tests on Colab share: the environment, the products, and a few documents to train on."""

from pathlib import Path

import pandas as pd
import pytest

from grading.build.products import make_products
from grading.room import REPOSITORY, open_room
from tests.colab.environment import set_up
from tests.colab.runtime import start_runtime

NOTEBOOK = "RNN_Implementation.ipynb"
EVERY = 14  # of the practice documents, whose classes follow each other: 159 in all, and an epoch takes a moment


@pytest.fixture(scope="session")
def colab_python():
    return set_up()


@pytest.fixture(scope="session")
def notebooks():
    """The text of the student's notebook and of the solution's."""
    products = make_products(open_room())
    paths = {"student": Path(NOTEBOOK), "solution": Path("instructor/assignment", NOTEBOOK)}
    return {whose: products[path].decode() for whose, path in paths.items()}


@pytest.fixture(scope="session")
def few_documents(tmp_path_factory):
    """A df_file.csv of invented documents, as a student or a course may have it."""
    path = tmp_path_factory.mktemp("documents") / "df_file.csv"
    table = pd.read_csv(REPOSITORY / "data" / "practice.csv.xz")
    table.iloc[::EVERY].to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def open_runtime(colab_python, notebooks, tmp_path_factory):
    """open_runtime(whose, mounted): a new runtime, its files gone, with a folder that stands in for Google Drive."""

    def opened(whose="solution", mounted=None):
        folder = tmp_path_factory.mktemp("runtime") / "machine"
        return start_runtime(notebooks[whose], colab_python, folder, mounted or folder / "drive")

    return opened
