"""The cases with which the marker tries each blank, under the handout's names, drawn anew.  For instructors only."""

from assignment.marking.gru_cell import given_values
from assignment.marking.specs import GRU_CELL, VANILLA_RNN, B, E, H, V
from assignment.marking.vanilla_rnn import LONGER, LONGER_STEP
from assignment.receipts import layer
from grading.mark.case import Case
from grading.mark.module import drawn_tokens, drawn_values


def marked_cases():
    """item id -> Case, for each item whose blank is one equation."""
    table, _ = layer(VANILLA_RNN, "embedding")
    embedded = table[drawn_tokens("rnn.more_tokens", V, B, LONGER)]
    state = {"x": drawn_values("rnn.x", B, E), "h": drawn_values("rnn.h", B, H)}
    cell = Case(given_values(), {name: layer(GRU_CELL, name) for name in GRU_CELL.layers})
    return {
        "rnn.step_input": Case({"embedded": embedded, "t": LONGER_STEP}, {}),
        "rnn.hidden_update": Case(state, {name: layer(VANILLA_RNN, name) for name in ("Wx", "Wh")}),
        "gru.update_gate": cell,
        "gru.reset_gate": cell,
        "gru.candidate": cell,
        "gru.new_state": cell,
    }
