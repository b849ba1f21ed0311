"""What the head is given of a sequence's states: `summary`, and `arriving`, its gradient spread over the steps.

summary(states (T, K, B, H)) -> (K, B, H);  arriving(states, gradient (K, B, H)) -> for each step a gradient or None.
"""

import torch


class LastState:
    """The recipe's: the state after the last word."""

    @staticmethod
    def summary(states):
        return states[-1]

    @staticmethod
    def arriving(states, gradient):
        return [None] * (len(states) - 1) + [gradient]


class MeanOfStates:
    """The mean over all steps, those of padding included."""

    @staticmethod
    def summary(states):
        return states.mean(dim=0)

    @staticmethod
    def arriving(states, gradient):
        return [gradient / len(states)] * len(states)


class MaximumOfStates:
    """Each unit's largest value over all steps."""

    @staticmethod
    def summary(states):
        return states.amax(dim=0)

    @staticmethod
    def arriving(states, gradient):
        at = states.argmax(dim=0, keepdim=True)
        return list(torch.zeros_like(states).scatter_(0, at, gradient[None]))
