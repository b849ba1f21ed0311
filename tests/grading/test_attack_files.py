"""What makes a file of attacks/ one that can be tried."""

import pytest

from grading.prove.attack_files import UnusableAttack, read_attack


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("# HONEST cases/all-right/GRU_skeleton.py\n", "docstring"),
        ('"""Tries nothing."""\n', "one line"),
        ('"""Tries nothing."""\n# HONEST cases/nowhere/GRU_skeleton.py\n', "cases/nowhere"),
        ('"""Tries nothing."""\n# HONEST rubric.toml\n', "rubric.toml"),
    ],
)
def test_an_attack_that_cannot_be_used_is_refused_in_one_sentence(room, tmp_path, text, missing):
    path = tmp_path / "attack.py"
    path.write_text(text)
    with pytest.raises(UnusableAttack, match=missing):
        read_attack(room, path)
