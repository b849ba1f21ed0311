"""Never ends when it is asked for numbers."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

def forever(self, *given):
    while True:
        pass

GRUCell.forward = forever
