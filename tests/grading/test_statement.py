"""One blank alone: which lines of a function are run for it, and which values are given instead."""

import functools
import itertools
import linecache
import math
import textwrap

import pytest

from grading.sandbox.statement import (
    NoSuchStatement,
    NotFilledIn,
    blank_lines,
    can_accuse,
    function_node,
    run_statement,
)

COUNT = itertools.count()


def made(source):
    """The function `forward` that `source` defines, with its source where inspect finds it."""
    name, text = f"student_{next(COUNT)}.py", textwrap.dedent(source)
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    names = {"math": math, "functools": functools, "decorated": decorator_of_another_module, "GLOBAL": 100}
    exec(compile(text, name, "exec"), names)
    return names["forward"]


def value(source, target, given=None, **arguments):
    return run_statement(made(source), target, arguments, given or {})


def returned(source, target, given=None, **arguments):
    return run_statement(made(source), target, arguments, given or {}, may_be_returned=True)


CELL = """
def forward(self, x, h_prev):
    z_t = x + h_prev
    r_t = x * h_prev
    h_tilde = x + r_t * h_prev
    h_t = (1 - z_t) * h_prev + z_t * h_tilde
    return h_t
"""


def test_without_given_values_a_blank_is_what_the_function_makes_it():
    function = made(CELL)
    assert run_statement(function, "h_t", {"self": None, "x": 2, "h_prev": 3}, {}) == function(None, 2, 3)


def test_a_given_value_takes_the_place_of_what_the_function_computes():
    assert value(CELL, "h_tilde", {"r_t": 10}, self=None, x=2, h_prev=3) == 2 + 10 * 3


def test_a_given_value_takes_the_place_of_an_argument():
    assert value(CELL, "z_t", {"h_prev": 50}, self=None, x=2, h_prev=3) == 52


def test_a_value_given_for_the_target_itself_does_not_replace_its_statement():
    assert value(CELL, "z_t", {"z_t": 99}, self=None, x=2, h_prev=3) == 5


def test_the_wrong_lines_of_other_blanks_are_not_run():
    source = """
    def forward(self, x, h_prev):
        z_t = x / 0
        r_t = undefined_name
        h_tilde = x + r_t * h_prev
        h_t = z_t.nonsense()
        return h_t
    """
    assert value(source, "h_tilde", {"r_t": 4, "z_t": 1}, self=None, x=2, h_prev=3) == 14


def test_lines_after_the_target_are_not_run():
    source = """
    def forward(x):
        a = x + 1
        raise ValueError
        return a / 0
    """
    assert value(source, "a", x=1) == 2


def test_helper_lines_are_run_and_only_those_that_are_needed():
    source = """
    def forward(x, h_prev):
        both = x + h_prev
        unused = both / 0
        scaled = 10 * both
        z_t = scaled + 1
        return z_t
    """
    assert value(source, "z_t", x=2, h_prev=3) == 51


def test_a_target_made_in_several_statements_is_run_from_its_first():
    source = """
    def forward(x, h_prev):
        z_t = 2 * x
        z_t = z_t + 3 * h_prev
        z_t = math.sqrt(z_t)
        return z_t
    """
    assert value(source, "z_t", x=5, h_prev=2) == 4


def test_augmented_assignments_add_to_the_target():
    source = """
    def forward(x, h_prev):
        z_t = 2 * x
        z_t += 3 * h_prev
        z_t *= 10
        return z_t
    """
    assert value(source, "z_t", x=5, h_prev=2) == 160


def test_the_first_of_two_definitions_does_not_count_where_the_second_does_not_read_it():
    source = """
    def forward(x):
        z_t = x / 0
        z_t = x + 1
        return z_t
    """
    assert value(source, "z_t", x=1) == 2


def test_an_annotated_assignment_is_a_statement_like_others():
    source = """
    def forward(x):
        z_t: float = x + 1
        return z_t
    """
    assert value(source, "z_t", x=1) == 2


@pytest.mark.parametrize(("target", "expected"), [("z_t", 12), ("r_t", 20)])
def test_two_targets_in_one_statement_are_told_apart(target, expected):
    source = """
    def forward(x, h_prev):
        z_t, (r_t, _) = x + h_prev, (x * h_prev, None)
        return z_t, r_t
    """
    assert value(source, target, x=10, h_prev=2) == expected


def test_given_values_override_a_statement_with_two_targets():
    source = """
    def forward(x):
        z_t, r_t = x / 0, x / 0
        h_tilde = z_t + r_t
        return h_tilde
    """
    assert value(source, "h_tilde", {"z_t": 1, "r_t": 2}, x=0) == 3


def test_a_target_in_a_loop_is_one_step_with_the_lines_before_the_loop():
    source = """
    def forward(self, x):
        embedded = [10 * word for word in x]
        scale = 2
        h = 1 / 0
        for t in range(len(x)):
            xt = embedded[t] * scale
            h = h + xt
        return h
    """
    assert value(source, "xt", {"t": 2}, self=None, x=[1, 2, 3]) == 60
    assert value(source, "h", {"t": 0, "h": 5, "xt": 7}, self=None, x=[1, 2, 3]) == 12


def test_the_loops_own_start_is_not_run_where_the_state_is_given():
    source = """
    def forward(x):
        h = undefined_name
        for t in range(3):
            h = h + x
        return h
    """
    assert value(source, "h", {"h": 1, "t": 0}, x=4) == 5


def test_a_state_that_is_renewed_under_another_name_is_followed():
    source = """
    def forward(x, h):
        for t in range(3):
            new = x + h
            h = 2 * new
        return h
    """
    assert value(source, "h", {"h": 1, "t": 0}, x=4) == 10


def test_a_needed_loop_before_the_target_is_run_whole():
    source = """
    def forward(x):
        total = 0
        for word in x:
            total += word
        z_t = total + 1
        return z_t
    """
    assert value(source, "z_t", x=[1, 2, 3]) == 7


@pytest.mark.parametrize(("flag", "expected"), [(True, 6), (False, 11)])
def test_a_needed_if_is_run_with_its_condition(flag, expected):
    source = """
    def forward(x, flag):
        if flag:
            base = x
        else:
            base = 2 * x
        z_t = base + 1
        return z_t
    """
    assert value(source, "z_t", x=5, flag=flag) == expected


def test_of_two_branches_that_set_the_target_the_last_is_tried():
    source = """
    def forward(x):
        if x > 0:
            z_t = 1 / 0
        else:
            z_t = x + 1
        return z_t
    """
    assert value(source, "z_t", x=5) == 6


def test_of_nested_blocks_the_innermost_last_one_is_tried():
    source = """
    def forward(x):
        a = 10
        z_t = x / 0
        with open(missing) as file:
            b = a + 1
            for t in range(3):
                c = b + 1
                z_t = c + t + x
        return z_t
    """
    assert value(source, "z_t", {"t": 1}, x=5) == 18


def test_a_function_that_returns_at_once_has_its_value_as_the_target():
    source = """
    def forward(self, x, h_prev):
        z = x + h_prev
        return 10 * z
    """
    assert returned(source, "h_t", self=None, x=2, h_prev=3) == 50


def test_a_returned_value_is_tried_with_given_values_too():
    source = """
    def forward(self, x, h_prev):
        z_t = x / 0
        return (1 - z_t) * h_prev
    """
    assert returned(source, "h_t", {"z_t": 3}, self=None, x=2, h_prev=5) == -10


def test_a_returned_value_stands_in_for_no_other_name():
    with pytest.raises(NoSuchStatement):
        value("def forward(self, x):\n    z = x\n    return 10 * z\n", "z_t", self=None, x=2)


def test_a_name_that_only_the_rest_of_the_function_knows_leaves_the_blank_undecided():
    source = """
    def forward(self, x):
        for t in range(3):
            h = x[t]
        return h
    """
    with pytest.raises(NoSuchStatement):
        value(source, "h", {"xt": 1, "t": 0}, self=None)


def test_what_a_loop_makes_beside_a_given_value_is_not_tried_with_that_value():
    source = (
        "def forward(self, x):\n    for _ in range(2):\n        states = 2 * x\n        x = states\n    last = x + 1\n"
    )
    assert value(source, "last", x=1) == 5
    with pytest.raises(NoSuchStatement):
        value(source, "last", {"states": 10}, x=1)


def test_a_name_that_nobody_knows_is_the_students_error():
    with pytest.raises(NameError):
        value("def forward(self, x):\n    h = typo + x\n    return h\n", "h", self=None, x=1)


ACCUSABLE = "def forward(self, x, h_prev):\n    r_t = x\n    h_tilde = x + h_prev\n    return h_tilde\n"
RENAMED = "def forward(self, x, h_prev):\n    r = x\n    h_tilde = x + r * h_prev\n    return h_tilde\n"
CHANGED = "def forward(self, x, h_prev):\n    r_t = x\n    h_prev = r_t * h_prev\n    h_tilde = x + h_prev\n"
IN_PLACE = (
    "def forward(self, x, h_prev):\n    r_t = x\n    h_tilde = x + r_t\n    h_tilde.tanh_()\n    return h_tilde\n"
)


def test_a_line_that_leaves_a_known_name_unread_can_be_accused():
    assert can_accuse(made(ACCUSABLE), "h_tilde", ["x", "h_prev", "r_t"])


@pytest.mark.parametrize("source", [RENAMED, CHANGED, IN_PLACE], ids=["renamed", "changed", "in_place"])
def test_lines_that_hide_what_they_read_are_not_accused(source):
    assert not can_accuse(made(source), "h_tilde", ["x", "h_prev", "r_t"])


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def forward(x):\n    print(x)\n", id="nothing_returned"),
        pytest.param("def forward(x):\n    a = x\n    return\n", id="bare_return"),
        pytest.param("def forward(x):\n    if x:\n        return x\n    print(x)\n", id="return_is_not_last"),
        pytest.param("def forward(x, out):\n    out.z_t = x\n    print(out)\n", id="attribute_of_that_name"),
    ],
)
def test_a_function_that_never_makes_the_target_has_no_such_statement(source):
    with pytest.raises(NoSuchStatement):
        value(source, "z_t", x=1, out=None)


def test_a_blank_is_not_filled_in():
    with pytest.raises(NotFilledIn):
        value("def forward(x):\n    z_t = ...\n    return z_t\n", "z_t", x=1)


def test_a_blank_that_the_target_stands_on_is_not_filled_in_either():
    source = """
    def forward(x):
        r_t = ...
        h_tilde = x + r_t
        return h_tilde
    """
    with pytest.raises(NotFilledIn):
        value(source, "h_tilde", x=1)
    assert value(source, "h_tilde", {"r_t": 2}, x=1) == 3


def test_a_blank_elsewhere_is_none_of_the_targets_business():
    source = """
    def forward(x):
        r_t = ...
        z_t = x + 1
        return z_t
    """
    assert value(source, "z_t", x=1) == 2


class Recorder:
    """Remembers the index that it is asked for."""

    def __getitem__(self, index):
        return index


def test_an_ellipsis_as_an_index_is_no_blank():
    source = """
    def forward(x):
        xt = x[..., t, :]
        return xt
    """
    assert value(source, "xt", {"t": 2}, x=Recorder()) == (..., 2, slice(None))
    assert value(source.replace("[..., t, :]", "[...]"), "xt", x=Recorder()) is ...


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("z = ...", [2]),
        ("z: int = ...", [2]),
        ("layer = Linear(..., ...)", [2]),
        ("layer = Linear(3, bias=...)", [2]),
        ("z = sigmoid(x + ...)", [2]),
        ("return ...", [2]),
        ("z = x[..., 0]", []),
        ("z = x[...]", []),
        ("...", []),
        ("pass", []),
    ],
)
def test_a_blank_is_an_ellipsis_that_stands_alone(line, lines):
    assert blank_lines(function_node(made(f"def forward(x):\n    {line}\n"))) == lines


def test_module_level_names_are_seen():
    source = "def forward(x):\n    z_t = GLOBAL + x\n    return z_t\n"
    assert value(source, "z_t", x=1) == 101


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("z_t = sum(w * x for w in weights)", id="generator"),
        pytest.param("z_t = sum([w * x for w in weights])", id="comprehension"),
        pytest.param("scale = lambda w: w * x\n    z_t = scale(weights[0]) + scale(weights[1])", id="lambda"),
        pytest.param("z_t = functools.reduce(lambda a, w: a + w * x, weights, 0)", id="lambda_argument"),
    ],
)
def test_lambdas_and_comprehensions_see_the_local_names(line):
    assert value(f"def forward(x, weights):\n    {line}\n    return z_t\n", "z_t", x=2, weights=[3, 4]) == 14


def decorator_of_another_module(function):
    """Wraps as torch.no_grad() does; GLOBAL is not among the names that are known here."""

    @functools.wraps(function)
    def wrapped(*arguments):
        raise AssertionError("the wrapper must not be run")

    return wrapped


def test_the_student_function_is_found_behind_a_decorator():
    source = """
    @decorated
    def forward(x):
        z_t = x + GLOBAL
        return z_t
    """
    assert value(source, "z_t", x=1) == 101


def test_what_the_students_line_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        value("def forward(x):\n    z_t = x / 0\n    return z_t\n", "z_t", x=1)


def test_trying_a_blank_leaves_no_name_behind():
    function = made(CELL)
    before = set(function.__globals__)
    run_statement(function, "h_t", {"self": None, "x": 2, "h_prev": 3}, {})
    assert set(function.__globals__) == before
