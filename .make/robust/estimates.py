"""Means over trainings and their intervals, by the standard library alone.

Held against scipy and the program's own figures by check.py.
"""

import math
import random


def student(alpha, degrees):
    """t with P(|T| > t) = alpha, for whole degrees of freedom.

    Bisection of the finite sums of Abramowitz & Stegun, 26.7.3 and 26.7.4.
    """
    low, high = 0.0, 1.0
    while outside(high, degrees) > alpha:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if outside(middle, degrees) > alpha else (low, middle)
    return high


def outside(t, degrees):
    """P(|T| > t) by Student's law with whole degrees of freedom."""
    angle = math.atan2(t, math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    term = cosine if degrees % 2 else 1.0
    total = 0.0
    for power in range(1 if degrees % 2 else 0, degrees - 1, 2):
        total += term
        term *= cosine * cosine * (power + 1) / (power + 2)
    within = 2 / math.pi * (angle + sine * total) if degrees % 2 else sine * total
    return 1 - within


def mean(values):
    return math.fsum(values) / len(values)


def over_seeds(values, alpha):
    """The mean of one number a training, with Student's interval at the level 1 - alpha: (mean, low, high).

    Without bounds where there is one training, or where all have the same number: nothing was seen of how they differ.
    """
    centre = mean(values)
    if len(values) < 2 or min(values) == max(values):
        return centre, None, None
    variance = math.fsum((value - centre) ** 2 for value in values) / (len(values) - 1)
    half = student(alpha, len(values) - 1) * math.sqrt(variance / len(values))
    return centre, centre - half, centre + half


def expected_shortfall(returns, share=0.05):
    """The mean loss in the worst share of paths; the path at its border counts in part (Rockafellar & Uryasev 2002)."""
    ordered = sorted(returns)
    size = share * len(ordered)
    whole = int(size + 1e-9)
    total = math.fsum(ordered[:whole])
    if whole < len(ordered):
        total += (size - whole) * ordered[whole]
    return -total / size


def interquartile_mean(values):
    """The mean without the floor(n/4) lowest and highest: rliable's aggregate_iqm."""
    ordered = sorted(values)
    cut = len(ordered) // 4
    return mean(ordered[cut:len(ordered) - cut])


def resampled(trainings, estimate, alpha=0.05, count=2000):
    """The percentile interval of an estimate over resamples of whole trainings, each a list of numbers by family.

    rliable draws the runs of each task apart; here a training has a run in each family, which go together.
    """
    draws = random.Random(1)
    found = sorted(
        estimate([value for training in draws.choices(trainings, k=len(trainings)) for value in training])
        for _ in range(count)
    )
    return found[int(alpha / 2 * count)], found[count - 1 - int(alpha / 2 * count)]


def profile(values, levels):
    """The share of runs strictly above each level: rliable's create_performance_profile."""
    return [sum(value > level for value in values) / len(values) for level in levels]
