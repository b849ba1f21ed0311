"""Marking on a real Dask cluster: a scheduler and two workers, each a process of its own."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import pytest
from distributed import Client

from grading import cluster as clusters
from grading.cluster import can_import, dask_cluster
from grading.doctor import isolation, isolations
from grading.mark.grade import grade
from grading.mark.stamp import stamp
from grading.mark.where import UnusableCluster, job_of, marker_of_worker
from grading.room import REPOSITORY, open_room
from tests.grading.class_of_seven import CASES

CLASS = ("all-right", "mix-swapped", "reset-after-matmul", "several-mistakes", "syntax-error", "untouched")
STARTING = 60  # seconds, far beyond what any of it takes


@contextmanager
def dask(*words, folder=REPOSITORY):
    """One of Dask's programs, with the words that it says on stderr."""
    command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as program:
        try:
            yield program
        finally:
            program.kill()
            program.stderr.close()


def said(program, word):
    """What follows a word in the first line of a program that has it."""
    return next(line.partition(word)[2].split()[0] for line in program.stderr if word in line)


@contextmanager
def scheduler(tmp_path):
    """(its process, its address).  It is started where nobody knows this repository."""
    with dask("scheduler", "--host", "127.0.0.1", "--port", "0", folder=tmp_path) as program:
        yield program, said(program, "Scheduler at:")


@contextmanager
def two_workers(address):
    with ExitStack() as stack:
        words = ("worker", address, "--nthreads", "1", "--no-nanny")
        workers = [stack.enter_context(dask(*words)) for _ in range(2)]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=STARTING)
        yield workers


@pytest.fixture
def class_of_cases(tmp_path):
    """A class of real submissions, marked without the short training."""
    for case in CLASS:
        shutil.copytree(CASES / case, tmp_path / "class" / case)
    return tmp_path / "class"


@pytest.fixture
def untrained(room):
    return room.without(".learns")


def results_in(out):
    return {path.name: path.read_bytes() for path in (out / "results").iterdir()}


def test_a_class_is_marked_once_and_as_here_though_one_of_two_workers_is_killed(class_of_cases, untrained, tmp_path):
    told = []
    grade(untrained, class_of_cases, tmp_path / "here", jobs=1, progress=False)
    with scheduler(tmp_path) as (_, address), two_workers(address) as workers, dask_cluster(address) as cluster:

        def kill_one(result):
            told.append(result.student)
            workers[0].send_signal(signal.SIGKILL)

        grade(untrained, class_of_cases, tmp_path / "there", progress=False, told=kill_one, cluster=cluster)

    assert sorted(told) == sorted(CLASS)
    assert results_in(tmp_path / "there") == results_in(tmp_path / "here")


def test_each_worker_says_how_student_code_is_kept_apart_there(tmp_path):
    with scheduler(tmp_path) as (_, address), two_workers(address), dask_cluster(address) as cluster:
        found = isolations(cluster)

    assert [place.startswith(" at tcp://") for place, _, _ in found] == [True, True]
    assert {line for _, line, _ in found} == {isolation()[0]}


def test_a_cluster_that_goes_away_is_one_sentence_and_what_is_marked_is_kept(class_of_cases, untrained, tmp_path):
    with scheduler(tmp_path) as (program, address), two_workers(address), dask_cluster(address) as cluster:

        def end(_):
            program.send_signal(signal.SIGKILL)

        with pytest.raises(UnusableCluster, match=r"is gone; start it again; [1-5] of 6 .* --resume goes on"):
            grade(untrained, class_of_cases, tmp_path / "out", jobs=1, progress=False, told=end, cluster=cluster)

    assert results_in(tmp_path / "out")


def test_a_cluster_without_workers_is_told_how_to_start_one(tmp_path):
    with (
        scheduler(tmp_path) as (_, address),
        pytest.raises(UnusableCluster, match=f"{address} has no workers; .*: python -m dask worker {address}"),
        dask_cluster(address),
    ):
        pass


def test_a_worker_that_lacks_the_repository_is_told_of_in_one_sentence(tmp_path):
    with (
        scheduler(tmp_path) as (_, address),
        dask("worker", address, "--nthreads", "1", "--no-nanny", folder=tmp_path),
        Client(address, set_as_default=False) as client,
    ):
        client.wait_for_workers(1, timeout=STARTING)
        with dask_cluster(address) as cluster, pytest.raises(UnusableCluster, match="start it in the same checkout"):
            isolations(cluster)


def test_a_worker_that_lacks_a_module_is_told_of_before_it_is_given_work(tmp_path):
    with scheduler(tmp_path) as (_, address), two_workers(address), dask_cluster(address) as cluster:
        assert set(cluster.ask_each(can_import, "assignment.references").values()) == {True}
        with pytest.raises(UnusableCluster, match="start it in the same checkout"):
            cluster.ask_each(can_import, "labs.nowhere.references")


def test_where_no_scheduler_listens_the_sentence_names_the_address(monkeypatch):
    monkeypatch.setattr(clusters, "CONNECT_LIMIT", 1)

    with (
        pytest.raises(UnusableCluster, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        dask_cluster("tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.parametrize("address", ["foo", "127.0.0.1", "tcp://127.0.0.1", "http://127.0.0.1:9", ""])
def test_what_is_no_address_is_told_before_any_client_is_made(address, monkeypatch):
    monkeypatch.setattr("distributed.Client", lambda *_, **__: pytest.fail("a client was made"))

    with pytest.raises(UnusableCluster, match=f"no Dask scheduler answers at {address}"), dask_cluster(address):
        pass


def test_a_worker_of_another_marker_marks_nothing(room):
    room_told, time_limit, stamp = pickle.loads(job_of(room, 10.0))
    job = pickle.dumps((room_told, time_limit, stamp | {"marker": "another"}))

    with pytest.raises(UnusableCluster, match=f"marker {stamp['marker']} in place of another"):
        marker_of_worker(job)


def test_a_room_arrives_with_its_settings_and_without_its_place_on_this_machine(room):
    sent = pickle.dumps(room.without(".learns"))

    assert str(REPOSITORY).encode() not in sent
    assert pickle.loads(sent) == room.without(".learns")
    assert pickle.loads(pickle.dumps(open_room(language="ko"))).words.language == "ko"
    assert os.fspath(pickle.loads(sent).path) == os.fspath(room.path)


def test_a_worker_whose_stamp_lacks_a_fact_is_refused_in_one_sentence(room):
    asked = stamp(room, 5.0) | {"kernel": "6.1"}
    with pytest.raises(UnusableCluster, match=r"another marker \(kernel None in place of 6\.1\); give it the same"):
        marker_of_worker(pickle.dumps((room, 5.0, asked)))
