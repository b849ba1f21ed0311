"""A loop in which no line makes a new state costs the update, and not the loop around it."""

from grading.room import open_room

RNN = "RNN_skeleton.py"
LINE = "            h = self.tanh(self.Wx(xt) + self.Wh(h))"


def lost(rows):
    return {
        item: row.cause for item, row in rows.items() if row.max_points and row.status != "passed" and row.file == RNN
    }


def test_an_update_under_another_name_costs_the_update(mark_texts, changed):
    _, rows = mark_texts({RNN: changed(RNN, LINE, LINE.replace("h = ", "h_new = "))})
    assert lost(rows)["rnn.hidden_update"] == open_room().words.tables["cause"]["no_update"]
    assert set(lost(rows)) <= {"rnn.hidden_update", "rnn.learns"}


def test_an_update_that_is_left_out_costs_the_update(mark_texts, changed):
    _, rows = mark_texts({RNN: changed(RNN, LINE, "            pass")})
    assert set(lost(rows)) <= {"rnn.hidden_update", "rnn.learns"}
    assert rows["rnn.hidden_update"].points == 0


def test_a_right_update_whose_state_is_thrown_away_keeps_its_points(mark_texts, changed):
    _, rows = mark_texts({RNN: changed(RNN, LINE, f"{LINE}\n            h = torch.zeros_like(h)")})
    assert set(lost(rows)) <= {"rnn.model", "rnn.learns"}
    assert rows["rnn.hidden_update"].points == 12
