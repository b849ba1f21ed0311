"""Never ends when it is imported."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

while True:
    pass
