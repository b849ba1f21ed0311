"""What is kept of a submission: the result that counts, its page, and the marker's own where that is another one."""

import json
from dataclasses import replace

from grading.mark.result import Result
from grading.report.pages import write_feedback
from grading.whole_files import write_whole


def result_path(out, student):
    return out / "results" / f"{student}.json"


def feedback_path(out, student):
    return out / "feedback" / f"{student}.html"


def faults_path(out, student):
    return out / "faults" / f"{student}.txt"


def marked_path(out, student):
    """Where the marker's own results are, as a list, where what counts is another one."""
    return out / "marked" / f"{student}.json"


def marked_results(out, student):
    """The marker's own results of a student: one for each attempt that was marked, the newest first; [] for none."""
    kept = kept_apart(out, student)
    counted = None if kept else counted_result(out, student)
    return [own(counted)] if counted else kept


def kept_apart(out, student):
    """The marker's own results where they are kept beside the one that counts, else []."""
    try:
        rows = json.loads(marked_path(out, student).read_text(encoding="utf-8"))
        return [Result.from_fields(fields) for fields in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def counted_result(out, student):
    """The result that counts, or None where it is not there whole."""
    try:
        return Result.from_json(result_path(out, student).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def earlier_result(out, student, grader):
    """The whole result that an earlier run with the same stamp wrote for the same files, or None."""
    if not feedback_path(out, student).is_file():
        return None
    counted = counted_result(out, student)
    written = [*kept_apart(out, student), *([own(counted)] if counted else [])]
    ours = (one for one in written if one.grader == grader and one.student == student)
    return next(ours, None)


def keep_results(out, marked, counted, room):
    """Write the marker's own results where they are needed beside, the page, and then what counts.  Raises OSError."""
    student = counted.student
    changed = is_changed(marked, counted)
    if changed:
        marked_path(out, student).parent.mkdir(exist_ok=True)
        write_whole(marked_path(out, student), as_list(marked))
    write_feedback(counted, room, feedback_path(out, student))
    write_whole(result_path(out, student), counted.to_json())
    if not changed:
        marked_path(out, student).unlink(missing_ok=True)


def is_kept(out, marked, counted):
    """Whether all of this is on disk already."""
    student = counted.student
    apart = marked if is_changed(marked, counted) else []
    is_apart = kept_apart(out, student) == apart and marked_path(out, student).exists() == bool(apart)
    return is_apart and feedback_path(out, student).is_file() and counted_result(out, student) == counted


def is_changed(marked, counted):
    """Whether what counts does not say all that the marker said."""
    return marked != [own(counted)]


def own(counted):
    """What counts, without what a course says beside it: the marker's own result where no rule has changed anything."""
    return replace(counted, grader={name: told for name, told in counted.grader.items() if name != "contact"})


def as_list(marked):
    return f"[{', '.join(result.to_json().strip() for result in marked)}]\n"
