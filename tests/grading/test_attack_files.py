"""What makes a file of attacks/ one that can be tried."""

import pytest

from grading.prove.attack_files import Targets, UnusableAttack, borrowed_attacks, read_attack, read_attacks
from grading.room import open_room


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


def test_a_lab_borrows_the_attacks_that_name_no_class_of_the_room_they_are_from(room):
    lab, honest = open_room("gating"), "cases/several-mistakes/GRUNet_skeleton.py"
    borrowed = {str(attack): attack for attack in borrowed_attacks(lab, room, honest)}
    own = {str(attack) for attack in read_attacks(room)}
    assert 100 < len(borrowed) < len(own)
    assert set(borrowed) < own
    assert "forging/prints_a_result" in borrowed
    assert "replacing/the_stand_in" not in borrowed  # it is one on the main assignment's GRUModel
    attack = borrowed["forging/prints_a_result"]
    (file,) = attack.submitted(Targets("canary", "place", 1, 2, "source", "mark")).files.items()
    assert file[0] == "GRUNet_skeleton.py"
    assert {name for name, points in attack.earns.items() if points} == {"gru.reset_gate", "gru.last_state"}
    assert (lab.path / honest).read_bytes() in file[1]
