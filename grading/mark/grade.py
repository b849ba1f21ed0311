"""Mark everything under a path: in parallel, results written as they come, whatever a submission does."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from grading import __version__
from grading.mark.files import find_submissions
from grading.mark.marking import TIME_LIMIT, mark_submission
from grading.mark.result import Result
from grading.report import pages, tables
from grading.sandbox.worker import ZygotePool


class UnusableOutput(ValueError):
    """The output folder can't be written: one sentence."""


@dataclass(frozen=True)
class Class:
    """A marked class: the results, sorted by student, and where they lie."""

    results: list
    out: Path


def grade(room, path, out, jobs=None, resume=False, time_limit=TIME_LIMIT, progress=True):
    """Mark every submission under `path` and write all results into `out`: a Class.

    jobs    submissions at a time (default: one for each core)
    resume  keep results that are there already, of this marker's version, the same files and rubric
    Raises NoSubmissions, UnusableOutput.
    """
    submissions = find_submissions(path, wanted_files(room), out)
    out = prepare(out)
    digests = {submission.student: digest_of(submission, room) for submission in submissions}
    done = {name: kept for name in digests if resume and (kept := earlier_result(out, name, digests[name]))}
    pool = ZygotePool()
    try:
        with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as executor:
            waiting = [
                executor.submit(mark_and_write, room, submission, digests[submission.student], out, pool, time_limit)
                for submission in submissions
                if submission.student not in done
            ]
            bar = tqdm(
                as_completed(waiting), total=len(waiting), unit="submission", desc="marking", disable=not progress
            )
            try:
                done |= {result.student: result for result in (future.result() for future in bar)}
            except BaseException:
                executor.shutdown(cancel_futures=True)
                raise
    finally:
        pool.close()
    results = [done[submission.student] for submission in submissions]
    tables.write_grades(results, room, out / "grades.csv")
    pages.write_report(results, room, out / "report.html")
    return Class(results, out)


def wanted_files(room):
    """The file names that the assignment knows."""
    return {*room.modules, *room.optional.get("files", ())}


def mark_and_write(room, submission, digest, out, pool, time_limit):
    """One submission, from its files to its result on disk."""
    result = mark_submission(room, submission, pool.get(), time_limit).stamped(digest)
    pages.write_whole(out / "results" / f"{result.student}.json", result.to_json())
    pages.write_feedback(result, room, out / "feedback" / f"{result.student}.html")
    return result


def digest_of(submission, room):
    """A digest of what a result depends on, beside the marker itself: the files, the rubric, the words."""
    digest = hashlib.sha256(repr((sorted(submission.files.items()), submission.rejected)).encode())
    for path in (room.path / "rubric.toml", room.path / "words" / "en.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def earlier_result(out, student, digest):
    """The result that an earlier run of this marker wrote for the same files and rubric, or None."""
    try:
        result = Result.from_json((out / "results" / f"{student}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    same = result.grader.get("version") == __version__ and result.grader.get("marked") == digest
    return result if same else None


def prepare(out):
    """The output folder with its subfolders.  Raises UnusableOutput."""
    out = Path(out)
    try:
        for folder in (out / "results", out / "feedback"):
            folder.mkdir(parents=True, exist_ok=True)
        probe = out / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as reason:
        raise UnusableOutput(f"{out} can't be written ({reason.strerror}); choose another folder with --out.") from None
    return out
