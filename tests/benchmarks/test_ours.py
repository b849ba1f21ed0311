"""Our marker without the short training: the same marks, but for the two items that train."""

import pytest

from benchmarks.ours import MarkerFault, Ours, open_room_for, start, wait_for
from benchmarks.students import make_class
from grading.room import open_room

pytestmark = pytest.mark.benchmarks


def test_a_room_without_training_lacks_the_two_trainings_and_nothing_else():
    room, whole = open_room_for(with_training=False), open_room()
    assert set(whole.items) - set(room.items) == {"rnn.learns", "gru.learns"}
    assert room.max_score == whole.max_score - 10


@pytest.mark.parametrize(("with_training", "full"), [(True, 100), (False, 90)])
def test_a_class_is_marked_with_or_without_the_training(tmp_path, with_training, full):
    marker = Ours(tmp_path, make_class(2), with_training, jobs=2)
    marker.reset()
    marker.mark()
    assert marker.scores() == {"s0000-all-right": full, "s0001-reset-ignored": full - 12}
    assert all(path.is_file() for path in marker.result_files())


def test_a_marker_that_fails_says_why(tmp_path):
    with pytest.raises(MarkerFault, match="nowhere does not exist"):
        wait_for(start(tmp_path / "nowhere", tmp_path / "out"))
