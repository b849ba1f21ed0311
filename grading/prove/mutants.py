"""Mutants of the solution: each one slip away from it.  For instructors only.

Slips in an expression are those of `slips`; a statement can be left out, doubled, moved by one, moved into a loop or
out of it, added up where it should replace, or not returned.  Two lines that have nothing to do with one another may
stand in either order, and a line that does not read what it sets may stand twice: such changes are no slips.
"""

import ast
import copy
from dataclasses import dataclass, replace
from itertools import product

from grading.prove.slips import SLIPS, Scope

INDENT = "    "
SIMPLE = (ast.Assign, ast.Return, ast.Expr, ast.Import)


@dataclass(frozen=True)
class Mutant:
    """One module of the solution with some lines changed.

    first, last     the solution's lines that are changed, from 1
    lines           what stands in their place
    before, after   both, without what indents all of them
    text            the whole module
    """

    file: str
    slip: str
    first: int
    last: int
    before: str
    after: str
    text: str

    def __str__(self):
        return f"{self.file}, line {self.first}: {self.slip}: {told(self.before)} -> {told(self.after)}"


def told(lines):
    return " | ".join(line.strip() for line in lines.splitlines()) or "nothing"


def make_mutant(file, slip, source, first, last, lines):
    """A Mutant: `lines` (with their indentation) in the place of lines `first` to `last` of a module's text."""
    old = source.splitlines()
    text = "\n".join([*old[: first - 1], *lines, *old[last:]]) + "\n"
    return Mutant(file, slip, first, last, stripped(old[first - 1 : last]), stripped(lines), text)


def stripped(lines):
    """Lines without comments and without what indents the first of them."""
    margin = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return "\n".join(line[margin:].split("  #")[0].rstrip() for line in lines)


def mutants_of(files):
    """Every Mutant that our own operators make of some modules, file name -> bytes."""
    return each_once(files, lambda file, source: [*expression_mutants(file, source), *statement_mutants(file, source)])


def each_once(files, make):
    """Every Mutant that `make(file, source)` gives for some modules and that parses and differs, each once."""
    found = {}
    for file, content in files.items():
        source = content.decode()
        original = dump(source)
        for mutant in make(file, source):
            tree = dump(mutant.text)
            if tree not in {None, original}:
                found.setdefault((file, tree), mutant)
    return list(found.values())


def dump(text):
    """What a module's syntax tree says, or None where it does not parse."""
    try:
        return ast.dump(ast.parse(text))
    except SyntaxError:
        return None


def blocks(tree):
    """(statements, Scope) of every block of a module, the outermost first."""
    yield tree.body, Scope()
    for kind in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        attributes = {node.attr: None for node in ast.walk(kind) if is_set_on_self(node)}
        yield kind.body, Scope(attributes=tuple(attributes))
        for method in (node for node in kind.body if isinstance(node, ast.FunctionDef)):
            scope = Scope(local_names(method), tuple(attributes), method.name)
            yield method.body, scope
            yield from ((node.body, scope) for node in ast.walk(method) if isinstance(node, ast.For))


def is_set_on_self(node):
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)


def local_names(method):
    """The parameters of a method but `self`, and the names that it sets."""
    parameters = [argument.arg for argument in method.args.args if argument.arg != "self"]
    is_set = [node.id for node in ast.walk(method) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return tuple(dict.fromkeys(parameters + is_set))


def header(statement):
    """(statement without its body, last line of what is left)."""
    if isinstance(statement, ast.For | ast.FunctionDef):
        head = copy.copy(statement)
        head.body = []
        return head, statement.body[0].lineno - 1
    return statement, statement.end_lineno


def expression_mutants(file, source):
    """A Mutant for each slip in each expression of the methods."""
    for statements, scope in blocks(ast.parse(source)):
        for statement in statements if scope.method else ():
            head, last = header(statement)
            asked = frozenset(id(node.value) for node in ast.walk(head) if isinstance(node, ast.Attribute))
            for node, slip in () if is_docstring(statement) else product(expressions(head), SLIPS):
                for text in slip(node, replace(scope, asked=asked)):
                    line = with_expression(head, node, text)
                    yield make_mutant(file, words(slip), source, statement.lineno, last, [line])


def expressions(statement):
    return [node for node in ast.walk(statement) if isinstance(node, ast.expr)]


def with_expression(statement, node, text):
    """The line of a statement with another expression in the place of one of its nodes."""
    other = ast.parse(text, mode="eval").body
    changed = copy.deepcopy(statement, {id(node): other})  # what a copy finds in its memo, it takes for copied
    return " " * statement.col_offset + ast.unparse(changed)


def words(function):
    return function.__name__.replace("_", " ")


def is_docstring(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def statement_mutants(file, source):
    """A Mutant for each slip with a whole statement."""
    old = source.splitlines()
    for statements, _ in blocks(ast.parse(source)):
        for place, statement in enumerate(statements):
            if not is_docstring(statement):
                following = statements[place + 1] if place + 1 < len(statements) else None
                for slip in STATEMENT_SLIPS:
                    for first, last, lines in slip(Placed(old, statement, following, len(statements) == 1)):
                        yield make_mutant(file, words(slip), source, first, last, lines)


@dataclass(frozen=True)
class Placed:
    """A statement, the one that follows it in its block (or None), and the text of the module."""

    source: list
    statement: ast.stmt
    following: ast.stmt | None
    is_alone: bool

    def lines(self, statement):
        return self.source[statement.lineno - 1 : statement.end_lineno]

    @property
    def own(self):
        return self.lines(self.statement)

    @property
    def place(self):
        return self.statement.lineno, self.statement.end_lineno

    @property
    def is_simple(self):
        return isinstance(self.statement, SIMPLE)

    @property
    def must_precede(self):
        """Whether one of this statement and the following reads or sets what the other sets."""
        (first_reads, first_sets), (then_reads, then_sets) = names_of(self.statement), names_of(self.following)
        return bool(first_sets & (then_reads | then_sets) or then_sets & first_reads)


def names_of(statement):
    """(what a statement reads, what it sets): names, and attributes of `self`."""
    nodes = [node for node in ast.walk(statement) if isinstance(node, ast.Name | ast.Attribute)]
    reads = {ast.unparse(node) for node in nodes if isinstance(node.ctx, ast.Load)}
    return reads, {ast.unparse(node) for node in nodes if isinstance(node.ctx, ast.Store)}


def left_out(p):
    yield *p.place, [" " * p.statement.col_offset + "pass"] if p.is_alone else []


def doubled(p):
    """A line that goes on from what it sets, twice."""
    reads, sets = names_of(p.statement)
    if p.is_simple and reads & sets:
        yield *p.place, p.own * 2


def moved_down(p):
    """A statement after the one that follows it."""
    if p.following and p.is_simple and p.must_precede:
        yield p.statement.lineno, p.following.end_lineno, [*p.lines(p.following), *p.own]


def moved_up_over_loop(p):
    """The statement that follows a loop, before it."""
    if isinstance(p.statement, ast.For) and p.following:
        yield p.statement.lineno, p.following.end_lineno, [*p.lines(p.following), *p.own]


def moved_into_loop(p):
    """The statement before a loop, as the first in it; the one after it, as the last."""
    if isinstance(p.following, ast.For):
        head = p.source[p.following.lineno - 1 : p.following.body[0].lineno - 1]
        yield p.statement.lineno, p.following.body[0].lineno - 1, [*head, *indented(p.own)]
    if isinstance(p.statement, ast.For) and p.following:
        yield p.following.lineno, p.following.end_lineno, indented(p.lines(p.following))


def moved_out_of_loop(p):
    """The last statement of a loop, after it."""
    if isinstance(p.statement, ast.For) and len(p.statement.body) > 1:
        last = p.statement.body[-1]
        yield last.lineno, last.end_lineno, [line.removeprefix(INDENT) for line in p.lines(last)]


def added_up(p):
    """h += ... for h = ..."""
    if isinstance(p.statement, ast.Assign):
        target, value = p.statement.targets[0], p.statement.value
        for operator in (ast.Add(), ast.Mult()):
            changed = ast.AugAssign(target, operator, value)
            yield *p.place, [" " * p.statement.col_offset + ast.unparse(changed)]


def not_returned(p):
    if isinstance(p.statement, ast.Return):
        yield *p.place, [line.replace("return ", "", 1) for line in p.own]


def exchanged_parameters(p):
    """def forward(self, h_prev, x)."""
    if isinstance(p.statement, ast.FunctionDef):
        head, last = header(p.statement)
        given = head.args.args
        for place in range(1, len(given) - 1):
            changed = copy.deepcopy(head)
            changed.args.args[place : place + 2] = given[place + 1], given[place]
            yield p.statement.lineno, last, [" " * p.statement.col_offset + ast.unparse(changed)]


STATEMENT_SLIPS = (
    left_out,
    doubled,
    moved_down,
    moved_up_over_loop,
    moved_into_loop,
    moved_out_of_loop,
    added_up,
    not_returned,
    exchanged_parameters,
)


def indented(lines):
    return [INDENT + line for line in lines]
