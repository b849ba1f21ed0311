"""Means with their 95 % intervals (Student's t)."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean, and where it lies with 95 % confidence; of a single value the ends are NaN."""

    mean: float
    low: float
    high: float

    def in_points(self, sign=""):
        """Fractions as percentage points: `45.1 (44.6 to 45.6)`."""
        mean, low, high = (f"{100 * value:{sign}.1f}" for value in (self.mean, self.low, self.high))
        return f"{mean} ({low} to {high})"

    @property
    def excludes_zero(self):
        return self.low > 0 or self.high < 0


def around(mean, error, freedom):
    """The Interval of Student's t with `freedom` degrees around a mean with this standard error."""
    reach = error * t.ppf((1 + CONFIDENCE) / 2, freedom) if freedom > 0 else np.nan
    return Interval(float(mean), float(mean - reach), float(mean + reach))


def interval(values):
    """The Interval of the mean of independent values (n,)."""
    values = np.asarray(values, dtype=float)
    return around(values.mean(), standard_error(values), len(values) - 1)


def standard_error(values):
    return values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.nan
