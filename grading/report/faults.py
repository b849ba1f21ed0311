"""What failed in our own code on one submission, as a text file for whoever mends it."""

from grading.whole_files import write_whole


def write_faults(faults, student, path):
    """The tracebacks of a submission's Faults, one after the other.  Raises OSError."""
    path.parent.mkdir(exist_ok=True)
    parts = [f"{fault.during or 'the whole submission'} of {student}\n\n{fault.text}\n" for fault in faults]
    write_whole(path, "\n\n".join(parts))


def forget_faults(path):
    """Remove what an earlier run left there of a submission that is marked well now.  Raises OSError."""
    path.unlink(missing_ok=True)
