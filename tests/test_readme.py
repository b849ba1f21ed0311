"""The README names only what there is."""

import re

import pytest

from grading.__main__ import app
from grading.room import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
PAGES = sorted((REPOSITORY / "docs").rglob("*.md"))
TARGETS = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
VERBS = {command.callback.__name__ for command in app.registered_commands}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))))
def test_every_make_target_in_the_readme_exists(target):
    assert target in TARGETS


def test_every_verb_is_in_the_readme():
    table = set(re.findall(r"^\| `([a-z]+)[^|]*` \|", README, re.MULTILINE))
    assert table >= VERBS


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_every_link_of_the_readme_leads_somewhere(link):
    assert (REPOSITORY / link).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_every_link_of_a_page_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_the_readme_says_that_only_the_release_goes_to_students():
    assert "release/RNN_assignment.zip" in README
    assert "and only that" in README


def test_every_pinned_package_has_its_line_in_the_dependencies():
    pinned = re.findall(r"^([\w-]+)==", (REPOSITORY / "requirements.txt").read_text(), re.MULTILINE)
    listed = (REPOSITORY / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert pinned
    assert [name for name in pinned if not re.search(rf"^\|[^|]*\b{name}\b", listed, re.MULTILINE)] == []


def test_no_place_of_the_readme_waits_for_its_figure():
    assert re.findall(r"@[A-Z]+@", README) == []
