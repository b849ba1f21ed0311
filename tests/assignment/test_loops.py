"""Whose fault is a loop that goes wrong: the line that makes the state, or what carries it?"""

import pytest

RNN, GRU = "RNN_skeleton.py", "GRU_skeleton.py"
NEW_STATE = "            h = self.tanh(self.Wx(xt) + self.Wh(h))"
NEXT_STATE = "            h_t = self.gru_cell(embedded[:, t, :], h_t)"
RESETS = [
    "torch.zeros_like(h)",
    "torch.zeros(x.size(0), self.hidden_size).to(x.device)",
    "h * 0",
    "h.new_zeros(h.shape)",
]


def lost(result):
    return {row.id: row.misconception for row in result.items if row.file and row.max_points and row.status != "passed"}


@pytest.mark.parametrize("reset", RESETS)
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_state_that_is_thrown_away_costs_the_model_and_not_its_right_update(mark_texts, changed, reset, place):
    line = f"            h = {reset}\n"
    both = f"{line}{NEW_STATE}" if place == "before" else f"{NEW_STATE}  # new\n{line}"
    result, rows = mark_texts({RNN: changed(RNN, NEW_STATE, both)})
    assert rows["rnn.hidden_update"].status == "passed"
    assert (rows["rnn.model"].status, rows["rnn.model"].misconception) == ("failed", "state-not-carried")
    assert result.score == 22


@pytest.mark.parametrize("read_out", ["", "            y = self.fc(h_t)\n"], ids=["after", "before"])
def test_a_state_that_is_thrown_away_after_the_cell_is_not_carried_whichever_state_is_read(
    mark_texts, changed, read_out
):
    reset = f"{read_out}            h_t = torch.zeros_like(h_t)\n"
    text = changed(GRU, NEXT_STATE, f"{NEXT_STATE}  # next\n{reset}")
    text = text.replace("return self.fc(h_t)", "return y") if read_out else text
    result, rows = mark_texts({GRU: text})
    assert (rows["gru.unroll"].status, rows["gru.unroll"].misconception) == ("failed", "state-not-carried")
    assert result.score == 48


def test_a_state_that_starts_afresh_inside_the_loop_only_once_is_right(mark_texts, changed):
    start = "        h = torch.zeros(x.size(0), self.hidden_size, device=x.device)"
    first = "            if h is None:\n                h = torch.zeros(x.size(0), self.hidden_size)\n"
    result, _ = mark_texts({RNN: changed(RNN, start, "        h = None", NEW_STATE, first + NEW_STATE)})
    assert result.score == 37


def test_a_wrong_update_is_still_its_own_fault_where_the_state_is_thrown_away_too(mark_texts, changed):
    wrong = NEW_STATE.replace("tanh", "sigmoid").replace("self.sigmoid", "torch.sigmoid")
    text = changed(RNN, NEW_STATE, f"{wrong}\n            h = torch.zeros_like(h)\n            #")
    _, rows = mark_texts({RNN: text})
    assert rows["rnn.hidden_update"].misconception == "sigmoid-for-tanh"
    assert rows["rnn.model"].misconception == "state-not-carried"
