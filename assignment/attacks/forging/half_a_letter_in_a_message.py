"""An error whose text can't be written in UTF-8: half of a surrogate pair."""

# HONEST cases/several-mistakes/GRU_skeleton.py
# STOPPED BY terminal

def refuse(self, *given):
    raise ValueError("\ud800 \udfff \x00 \x1b[2J \u202e")

GRUCell.forward = refuse
raise ValueError("\ud800\x1b]0;won\x07")
