"""Messages between the marker and student code: what is sent arrives, and whatever else comes is a BadMessage."""

import json
import os
import pickle
import struct
import threading

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from grading.sandbox import wire
from grading.sandbox.wire import BadMessage, decode, encode, receive, send


def content_of(arrays, facts):
    """A message as it is after its length."""
    return encode(arrays, facts)[wire.LENGTH.size :]


def framed(header, data=b""):
    """A message with any header: a table, or bytes."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(raw)) + raw + data


def header(entries=None, facts='{"outcome": "done"}'):
    return {"__metadata__": {"facts": facts}, **(entries or {})}


def entry(dtype="F64", shape=(2,), offsets=(0, 16)):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets)}


@pytest.fixture
def pipe():
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0) as source, os.fdopen(writing, "wb", buffering=0) as sink:
        yield source, sink


def test_arrays_and_facts_arrive_as_they_were_sent():
    sent = {
        "floats": np.array([[0.1, -2.0], [1e300, 5e-324]]),
        "whole": np.array([-(2**62), 7]),
        "bytes": np.frombuffer(b"class \xff", dtype=np.uint8),
        "scalar": np.array(3.5),
        "empty": np.zeros((0, 3)),
        "turned": np.arange(6.0).reshape(2, 3).T,
    }
    facts = {"operation": "step", "sizes": [4, 6], "nested": {"ä": None, "b": True}}
    found, told = decode(content_of(sent, facts))
    assert told == facts
    assert set(found) == set(sent)
    for name, array in sent.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype


@pytest.mark.parametrize(
    ("array", "dtype"),
    [
        (np.array([1.5], dtype=np.float32), np.float64),
        (np.array([1], dtype=np.int32), np.int64),
        (np.array([True]), np.int64),
        (np.array([3], dtype=np.uint8), np.uint8),
    ],
)
def test_other_kinds_of_numbers_travel_as_the_wider_kind(array, dtype):
    found, _ = decode(content_of({"a": array}, {}))
    assert found["a"].dtype == dtype
    np.testing.assert_array_equal(found["a"], array)


def test_what_is_no_finite_number_arrives_as_such():
    sent = np.array([np.nan, np.inf, -np.inf, -0.0])
    found, told = decode(content_of({"a": sent}, {"number": float("inf")}))
    np.testing.assert_array_equal(found["a"], sent)
    assert told["number"] == float("inf")


@given(
    arrays=st.dictionaries(
        st.text(max_size=20).filter(lambda name: name != "__metadata__"),
        arrays_of.arrays(
            st.sampled_from([np.float64, np.int64, np.uint8]), arrays_of.array_shapes(min_dims=0, max_side=4)
        ),
        max_size=4,
    ),
    facts=st.dictionaries(st.text(max_size=10), st.integers() | st.text(max_size=10) | st.none(), max_size=4),
)
def test_every_message_survives_the_round_trip(arrays, facts):
    found, told = decode(content_of(arrays, facts))
    assert told == facts
    assert set(found) == set(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)


def test_messages_arrive_one_by_one_through_a_pipe(pipe):
    source, sink = pipe
    send(sink.fileno(), {"a": np.array([1.0])}, {"number": 1})
    send(sink.fileno(), {}, {"number": 2})
    sink.close()
    assert receive(source.fileno())[1] == {"number": 1}
    assert receive(source.fileno())[1] == {"number": 2}
    with pytest.raises(BadMessage, match="cut off"):
        receive(source.fileno())


def test_a_message_larger_than_the_pipe_arrives_whole(pipe):
    source, sink = pipe
    array = np.arange(300_000.0)
    writer = threading.Thread(target=send, args=(sink.fileno(), {"a": array}, {}))
    writer.start()
    found, _ = receive(source.fileno())
    writer.join()
    np.testing.assert_array_equal(found["a"], array)


def test_a_message_over_the_limit_is_refused_before_it_is_read(pipe):
    source, sink = pipe
    sink.write(wire.LENGTH.pack(1001) + b"the rest")
    sink.close()
    with pytest.raises(BadMessage, match="too large"):
        receive(source.fileno(), limit=1000)
    assert os.read(source.fileno(), 100) == b"the rest"


def test_a_message_at_the_limit_is_read(pipe):
    source, sink = pipe
    message = encode({}, {"a": 1})
    sink.write(message)
    assert receive(source.fileno(), limit=len(message) - wire.LENGTH.size) == ({}, {"a": 1})


@pytest.mark.parametrize("kept", [0, 3, 8, 20, -1])
def test_a_message_that_is_cut_off_is_bad(pipe, kept):
    source, sink = pipe
    sink.write(encode({"a": np.arange(5.0)}, {})[:kept])
    sink.close()
    with pytest.raises(BadMessage, match="cut off"):
        receive(source.fileno())


class Bomb:
    """Leaves a mark where it is unpickled."""

    exploded = False

    def __reduce__(self):
        return setattr, (Bomb, "exploded", True)


def test_a_pickle_is_bad_and_is_never_unpickled(tmp_path):
    torch.save(torch.zeros(2), tmp_path / "tensor.pt")
    for content in (pickle.dumps(Bomb()), pickle.dumps(Bomb(), protocol=0), (tmp_path / "tensor.pt").read_bytes()):
        with pytest.raises(BadMessage):
            decode(content)
    assert not Bomb.exploded
    pickle.loads(pickle.dumps(Bomb()))
    assert Bomb.exploded  # the bomb does work


GOOD = bytes(16)
HOSTILE = {
    "nothing": b"",
    "short": b"\0\0\0",
    "header_length_only": struct.pack("<Q", 0),
    "header_length_lies": struct.pack("<Q", 1000) + b"{}",
    "header_length_is_huge": struct.pack("<Q", 2**63) + b"{}",
    "header_over_the_limit": framed(header({"n" * wire.HEADER_LIMIT: entry()}), GOOD),
    "no_json": framed(b"not json"),
    "no_text": framed(b"\xff\xfe\xfd"),
    "list_for_header": framed([1, 2]),
    "number_for_header": framed(b"7"),
    "deep_json": framed(b"[" * 60_000),
    "deep_table": framed(b'{"a":' * 12_000),
    "long_number": framed(b'{"a": ' + b"9" * 50_000 + b"}"),
    "no_metadata": framed({"a": entry()}, GOOD),
    "metadata_is_a_text": framed({"__metadata__": "facts"}),
    "no_facts": framed({"__metadata__": {}}),
    "facts_are_no_json": framed(header(facts="{")),
    "facts_are_a_list": framed(header(facts="[]")),
    "facts_are_a_number": framed(header(facts="NaN")),
    "facts_are_no_text": framed({"__metadata__": {"facts": {}}}),
    "deep_facts": framed(header(facts="[" * 50_000)),
    "float32": framed(header({"a": entry("F32", (4,))}), GOOD),
    "bfloat16": framed(header({"a": entry("BF16", (8,))}), GOOD),
    "bool": framed(header({"a": entry("BOOL", (16,))}), GOOD),
    "unknown_dtype": framed(header({"a": entry("OBJECT")}), GOOD),
    "dtype_is_a_list": framed(header({"a": entry([])}), GOOD),
    "entry_is_a_text": framed(header({"a": "F64"}), GOOD),
    "no_dtype": framed(header({"a": {"shape": [2], "data_offsets": [0, 16]}}), GOOD),
    "shape_says_more": framed(header({"a": entry(shape=(3,))}), GOOD),
    "shape_says_less": framed(header({"a": entry(shape=(1,))}), GOOD),
    "shape_overflows": framed(header({"a": entry(shape=(2**32, 2**32))}), GOOD),
    "negative_shape": framed(header({"a": entry(shape=(-2,))}), GOOD),
    "shape_of_texts": framed(header({"a": entry(shape=("2",))}), GOOD),
    "offsets_beyond_the_end": framed(header({"a": entry(offsets=(0, 1 << 40), shape=(1 << 37,))}), GOOD),
    "offsets_backwards": framed(header({"a": entry(offsets=(16, 0))}), GOOD),
    "offsets_with_a_hole": framed(header({"a": entry(offsets=(16, 32))}), GOOD * 2),
    "offsets_that_overlap": framed(header({"a": entry(), "b": entry()}), GOOD),
    "data_that_nobody_claims": framed(header({"a": entry()}), GOOD * 2),
    "data_that_is_missing": framed(header({"a": entry()}), GOOD[:-1]),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_message_is_a_bad_message(content):
    with pytest.raises(BadMessage):
        decode(content)


def test_the_form_that_the_hostile_messages_are_made_from_is_good():
    found, told = decode(framed(header({"a": entry()}), GOOD))
    assert told == {"outcome": "done"}
    np.testing.assert_array_equal(found["a"], np.zeros(2))


def only_bad_or_plain(content):
    """Decode hostile bytes: BadMessage, or plain arrays and a table."""
    try:
        found, told = decode(content)
    except BadMessage:
        return
    assert isinstance(told, dict)
    assert all(array.dtype in (np.float64, np.int64, np.uint8) for array in found.values())


@pytest.mark.parametrize("dtypes", [("F32", "F64"), ("F64", "F32"), ("BOOL", "U8"), ("U8", "BOOL")])
def test_a_name_given_twice_smuggles_no_other_kind_of_array_in(dtypes):
    entries = [f'"a": {{"dtype": "{dtype}", "shape": [0], "data_offsets": [0, 0]}}' for dtype in dtypes]
    facts = '"__metadata__": {"facts": "{}"}'
    only_bad_or_plain(framed(f"{{{facts}, {', '.join(entries)}}}".encode()))


@given(st.binary(max_size=400))
def test_random_bytes_do_nothing_but_be_refused(content):
    with pytest.raises(BadMessage):
        decode(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
entries = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from(["F64", "I64", "U8", "F32", "BOOL"]) | json_values,
        "shape": st.lists(st.integers(-2, 2**64), max_size=3) | json_values,
        "data_offsets": st.lists(st.integers(-2, 64), min_size=2, max_size=2) | json_values,
    }
)


@given(
    entries=st.dictionaries(st.sampled_from(["a", "b", "", "é"]), entries | json_values, max_size=3),
    facts=json_values.map(json.dumps) | st.text(max_size=20) | json_values,
    data=st.binary(max_size=64),
)
def test_random_headers_do_nothing_worse_than_to_be_refused(entries, facts, data):
    only_bad_or_plain(framed({"__metadata__": {"facts": facts}, **entries}, data))


@given(data=st.data())
def test_a_good_message_with_bytes_changed_does_nothing_worse_than_to_be_refused(data):
    content = bytearray(content_of({"a": np.arange(3.0), "b": np.array([1, 2])}, {"outcome": "done", "line": 3}))
    for position in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[position] = data.draw(st.integers(0, 255))
    only_bad_or_plain(bytes(content))
