"""How two arrays compare: the shape first, then every value, NaN never equal to anything."""

from dataclasses import dataclass

import numpy as np

ABSOLUTE, RELATIVE = 1e-4, 1e-4  # float32 sums of a few dozen products stay within 1e-6; mistakes are 0.17 apart


@dataclass(frozen=True)
class Agreement:
    """What a comparison found.  `got`, `expected`, `row`, `unit` describe the entry furthest apart."""

    right: bool
    shape: tuple
    expected_shape: tuple
    got: float = 0.0
    expected: float = 0.0
    row: int = 0
    unit: int = 0
    differing: int = 0
    total: int = 0

    @property
    def kind(self):
        """Which sentence tells it: "numbers", or "shape" where there is no number to compare."""
        return "numbers" if self.shape == self.expected_shape else "shape"

    def in_words(self, one_number):
        """What stands in the places of that sentence; `one_number` is said of an array without axes."""
        return {
            "got": number(self.got),
            "expected": number(self.expected),
            "row": self.row,
            "unit": self.unit,
            "differing": self.differing,
            "total": self.total,
            "shape": " x ".join(map(str, self.shape)) or one_number,
            "expected_shape": " x ".join(map(str, self.expected_shape)) or one_number,
        }


def compare(got, expected):
    """The Agreement of `got` with `expected`, two arrays."""
    got, expected = np.asarray(got), np.asarray(expected)
    if got.shape != expected.shape or not got.size:  # of no numbers at all, none is right
        return Agreement(False, got.shape, expected.shape)
    with np.errstate(invalid="ignore", over="ignore"):  # inf - inf, and what a hostile number makes too large
        distance = np.abs(got - expected)
        near = distance <= ABSOLUTE + RELATIVE * np.abs(expected)  # False for NaN
    gap = np.where(np.isfinite(got), distance, np.inf)
    worst = np.unravel_index(np.argmax(gap), gap.shape)
    row, unit = (*worst, 0, 0)[:2]
    return Agreement(
        right=bool(near.all()),
        shape=got.shape,
        expected_shape=expected.shape,
        got=float(got[worst]),
        expected=float(expected[worst]),
        row=int(row) + 1,
        unit=int(unit) + 1,
        differing=int((~near).sum()),
        total=int(near.size),
    )


def number(value):
    """A number as a student reads it: three digits that count."""
    return f"{value:.3f}" if 0.001 <= abs(value) < 1000 else f"{value:.3g}"


def agrees(got, expected):
    """Whether two arrays have one shape and the same numbers within the tolerance."""
    return compare(got, expected).right
