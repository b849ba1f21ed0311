"""The solution's classes, for those who train or measure the reference: never where student code runs."""

import importlib.util

from grading.build.products import INSTRUCTORS_ONLY, make_products, write_products
from grading.room import REPOSITORY


def solution_files(room):
    """file name -> bytes: the solution as one would hand it in."""
    products = make_products(room)
    return {name: products[INSTRUCTORS_ONLY / room.name / name] for name in room.modules}


def solution_classes(room):
    """class name -> class, from the modules that the builder makes of the room's source (written if stale)."""
    products = make_products(room)
    folder = INSTRUCTORS_ONLY / room.name
    write_products({path: content for path, content in products.items() if path.is_relative_to(folder)})
    classes = {}
    for name in room.modules:
        place = importlib.util.spec_from_file_location(
            f"solution_{name.removesuffix('.py')}", REPOSITORY / folder / name
        )
        module = importlib.util.module_from_spec(place)
        place.loader.exec_module(module)
        classes |= {key: value for key, value in vars(module).items() if isinstance(value, type)}
    return classes
