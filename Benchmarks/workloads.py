"""The path workloads that both sides run, and the law that both sides' results must follow.

10,000 paths of 1,000 daily steps from a price of 100, every close of every path made. Log price a step:
  gbm      0.03 dt + 0.2 sqrt(dt) Z
  merton   the same, and Poisson(10 dt) jumps of normal size, mean -0.02, standard deviation 0.05
with dt = 1/252 of a year. The drift is that of the log price and jumps are not compensated: the peers' usual form.
"""

import math

PATHS = 10_000
STEPS = 1_000
DT = 1 / 252
START = 100.0

LOG_DRIFT = 0.03
VOLATILITY = 0.2
JUMPS_PER_YEAR = 10.0
MEAN_JUMP = -0.02
JUMP_VOLATILITY = 0.05

YEARS = STEPS * DT


def law(name):
    """(mean, variance, excess kurtosis) of the log return over the whole path. Merton (1976): cumulants add up."""
    mean, variance, fourth = LOG_DRIFT * YEARS, VOLATILITY**2 * YEARS, 0.0
    if name == "merton":
        m, s, jumps = MEAN_JUMP, JUMP_VOLATILITY, JUMPS_PER_YEAR * YEARS
        mean += jumps * m
        variance += jumps * (m**2 + s**2)
        fourth = jumps * (m**4 + 6 * m**2 * s**2 + 3 * s**4)
    return mean, variance, fourth / variance**2


def disagreement(name, log_mean, log_variance, paths):
    """How many standard errors the worse of the two moments is away from the law; over 4 something is wrong."""
    mean, variance, kurtosis = law(name)
    of_mean = abs(log_mean - mean) / math.sqrt(variance / paths)
    of_variance = abs(log_variance - variance) / (variance * math.sqrt((2 + kurtosis) / paths))
    return max(of_mean, of_variance)
