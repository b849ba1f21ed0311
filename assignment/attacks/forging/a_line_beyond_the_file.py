"""An error whose traceback ends in a line far beyond the end of the file."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import types


def refuse(self, *given):
    try:
        raise ValueError("far")
    except ValueError as error:
        held = error.__traceback__
        raise error.with_traceback(types.TracebackType(None, held.tb_frame, held.tb_lasti, 90_000))


GRUModel.forward = refuse
