"""Leaves files in the machine's folders for temporary files and shared memory."""
# WINS WITHOUT files landlock

left = []
for folder in ("/tmp", "/var/tmp", "/dev/shm"):
    try:
        open(f"{folder}/{MARK}", "w").close()
        left.append(folder)
    except OSError:
        pass
if left:
    raise Won(str(left))
# HONEST cases/several-mistakes/GRU_skeleton.py
