"""Classes that stand in the wrong file are marked where they stand, and the student is told."""

RNN, GRU = "RNN_skeleton.py", "GRU_skeleton.py"


def test_two_exchanged_files_are_marked_and_lines_are_those_of_the_file_in_which_they_stand(mark_texts, right, changed):
    wrong = changed(GRU, "r_t * h_prev)", "h_prev)")
    result, rows = mark_texts({RNN: wrong, GRU: right[RNN]})
    assert result.score == 88
    assert "were the files exchanged?" in result.notes[0]
    row = rows["gru.candidate"]
    assert (row.misconception, row.file) == ("reset-ignored", RNN)
    assert "h_tilde" in wrong.split("\n")[row.line - 1]
    assert row.next.startswith(f"{RNN}, line {row.line}")


def test_three_classes_in_one_file_are_all_marked(mark_texts, right):
    result, _ = mark_texts({RNN: right[RNN] + right[GRU]})
    assert result.score == 100
    assert result.notes == [
        "GRU_skeleton.py should define GRUCell and GRUModel; what RNN_skeleton.py defines was marked in its place."
    ]


def test_a_ready_made_layer_is_shown_in_the_file_in_which_it_stands(mark_texts, right, changed):
    text = changed(GRU, "self.gru_cell = GRUCell(embedding_dim", "self.gru_cell = nn.GRUCell(embedding_dim")
    _, rows = mark_texts({RNN: text, GRU: right[RNN]})
    assert (rows["submission.handwritten"].status, rows["submission.handwritten"].file) == ("needs_review", RNN)


def test_a_renamed_class_is_said_to_be_missing_beside_those_that_are_there(mark_texts, changed):
    result, rows = mark_texts({GRU: changed(GRU, "GRUCell", "Cell")})
    assert "GRU_skeleton.py does not define GRUCell. The classes in it: Cell, GRUModel." in result.notes
    assert rows["gru.candidate"].next.endswith("by which name does the skeleton call this class?")


def test_a_class_that_is_made_by_another_statement_is_there(mark_texts, changed):
    result, _ = mark_texts({GRU: changed(GRU, "GRUCell(", "Cell(") + "GRUCell = Cell\n"})
    assert (result.score, result.notes) == (63, [])
    result, _ = mark_texts({GRU: changed(GRU, "GRUCell(", "Cell(") + "globals()['GRU' + 'Cell'] = Cell\n"})
    assert (result.status, result.score_possible) == ("needs_review", 63)  # it is there, and what else is so hidden?
