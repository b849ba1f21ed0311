"""Changes the lengths it is handed, so that what it reads out is the last word of every review."""

# HONEST cases/several-mistakes/pmGRU_skeleton.py

OWN_FORWARD = pmGRU.forward


def forward(self, x, lengths):
    lengths.fill_(x.size(1))
    return OWN_FORWARD(self, x, lengths)


pmGRU.forward = forward
