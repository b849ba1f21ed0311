"""A student's file as a module: run whole if it runs, else its definitions alone."""

import ast
import linecache
import random
import types

import numpy as np
import torch

from grading.sandbox.library_uses import blinding_uses, statements_by_name, stood_on
from grading.sandbox.student_text import parse, read_source

DEFINITIONS = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
LIBRARIES = {"torch", "nn", "F", "np", "numpy", "math"}
FIRST_SEED = 1


class NotRun(RuntimeError):
    """A statement of a notebook that is left out."""


class Module(types.ModuleType):
    """A student's file as a module, and what is known of it beside its names, where its own code does not see it.

    tree         its syntax tree
    mendings     what was done to make it readable
    unread       the names of the classes and functions that could not be read
    is_notebook  whether it is the code cells of a notebook
    """

    __slots__ = ("is_notebook", "mendings", "tree", "unread")


def load_module(name, content, how, classes=()):
    """The Module that `content` (bytes of a module or a notebook) defines.  Raises Unreadable, or what it raises.

    how      "whole": run it, but of a notebook, which trains, the definitions; "definitions": run imports, functions,
             classes and assignments, each for itself, and nothing else; "parse": run nothing
    classes  of a notebook, run no more than imports and what these stand on, as far as it knows no way to what runs
             around student code: our own cells do, and `library_uses` looks at what is run; none: run all of it
    """
    source = read_source(content)
    tree = parse(source.text)
    lines = [line + "\n" for line in source.text.split("\n")]
    linecache.cache[name] = (len(source.text), None, lines, name)
    module = Module(name.partition(".")[0])
    module.__file__, module.tree, module.mendings = name, tree, source.mendings
    module.unread, module.is_notebook = tuple(source.unread), source.is_notebook
    module.__dict__.update({missing: left_out(missing, fault) for missing, fault in source.unread.items()})
    seed_everything()
    if how == "definitions" or (how == "whole" and source.is_notebook):
        both = (passed_over(tree, classes), ways_round(tree)) if source.is_notebook else ((), {})
        run_definitions(tree, module, name, *both)  # both are known before anything of the student's has run
    elif how == "whole":
        exec(compile(tree, name, "exec"), module.__dict__)
    return module


def seed_everything():
    """The same random numbers for the same file, whoever was marked before it."""
    random.seed(FIRST_SEED)
    np.random.seed(FIRST_SEED)  # the generator that students' code draws from
    torch.manual_seed(FIRST_SEED)


def left_out(name, fault):
    """What stands in for a class or a function that can't be read or made: to use it is to learn why, and where.

    fault   the Unreadable, or what making it raised
    """
    trace = fault.__traceback__

    def refuse(*_, **__):
        raise fault.with_traceback(trace)

    return type(name, (torch.nn.Module,), {"__new__": refuse})


def mendings(module, arrays, facts):
    """What was done to make the file readable: [key of the table of words, line or None, detail] each."""
    return {}, {"mendings": [[mending.key, mending.line, mending.detail] for mending in module.mendings]}


def passed_over(tree, classes):
    """The statements at the margin on which none of the classes stands, but for harmless ones; none for no classes."""
    used = stood_on(statements_by_name(tree), classes)
    return {line for line in tree.body if classes and line not in used and not is_harmless(line)}


def is_harmless(statement):
    """Whether a statement only imports, or sets names to constants."""
    if isinstance(statement, ast.Try):
        handlers = [line for handler in statement.handlers for line in handler.body]
        return all(map(is_harmless, [*statement.body, *handlers, *statement.orelse, *statement.finalbody]))
    is_constant = isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
    return is_constant or isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass)


def ways_round(tree):
    """Each statement at the margin that uses a way to what runs around student code -> the first that it uses."""
    found = {statement: [name for _, name in blinding_uses(statement)] for statement in tree.body}
    return {statement: names[0] for statement, names in found.items() if names}


def run_definitions(tree, module, name, left, blinding):
    """Run each definition for itself; what stands in for a class or a function that fails tells why when it is used.

    left       statements that are passed over
    blinding   statement that is not run -> the way to what runs around student code that it uses
    """
    module.__dict__.update(torch=torch, nn=torch.nn, F=torch.nn.functional)
    for statement in filter(is_definition, tree.body):
        if statement in left:
            continue
        try:
            if statement in blinding:
                raise NotRun(f"what uses {blinding[statement]} is not run when a notebook is marked")
            exec(compile(ast.Module([statement], []), name, "exec"), module.__dict__)
        except BaseException as fault:  # what does not run here may not be needed; sys.exit() included
            if isinstance(statement, ast.ClassDef | ast.FunctionDef):
                module.__dict__.setdefault(statement.name, left_out(statement.name, fault))


def is_definition(statement):
    """Whether a statement only defines; an `if` or a `try` does if all that is in it does, as around an import."""
    if isinstance(statement, ast.If | ast.Try):
        handlers = [line for handler in getattr(statement, "handlers", []) for line in handler.body]
        inner = [*statement.body, *handlers, *statement.orelse, *getattr(statement, "finalbody", [])]
        return all(isinstance(line, ast.Pass) or is_definition(line) for line in inner)
    return isinstance(statement, DEFINITIONS) and not calls_own_code(statement)


def calls_own_code(statement):
    """Whether an assignment calls anything but a library: training, perhaps, which would never end."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign):
        return False
    calls = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return any(ast.unparse(function).partition(".")[0] not in LIBRARIES for function in calls)


def python_text(content):
    """The text of a file or of a notebook's code cells, such that Python can read it.  Raises Unreadable."""
    return read_source(content).text
