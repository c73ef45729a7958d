"""The path workloads that both sides run, and the law that both sides' results must follow.

10,000 paths of 1,000 daily steps from a price of 100, every close of every path made. Log price a step:
  gbm      0.03 dt + 0.2 sqrt(dt) Z
  merton   the same, and Poisson(10 dt) jumps of normal size, mean -0.02, standard deviation 0.05
  heston   Heston's model by QE-M: v from 0.04, which is its mean, reversion 2, volatility of variance 0.5, correlation -0.7
  garch    GARCH(1,1) with Student's t of 5 degrees a day: 2e-6 + 0.08 e^2 + 0.9 h, from h = 1e-4; no drift
  correlated   gbm of four assets with correlations, a quarter of the paths; the gate is the fourth asset's
with dt = 1/252 of a year. Heston's price has the mean of its start. The drift of the others is that of the log price, and jumps are not compensated: the peers' usual form.
"""

import cmath
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

VARIANCE = 0.04
REVERSION = 2.0
VOLATILITY_OF_VARIANCE = 0.5
CORRELATION = -0.7

GARCH_CONSTANT, GARCH_NEWS, GARCH_MEMORY, GARCH_VARIANCE, GARCH_DEGREES = 2e-6, 0.08, 0.9, 1e-4, 5.0
CORRELATIONS = [[1, 0.6, 0.5, 0.3], [0.6, 1, 0.4, 0.2], [0.5, 0.4, 1, 0.1], [0.3, 0.2, 0.1, 1]]

YEARS = STEPS * DT


def heston_cumulant_function(u):
    """log E[exp(iuX)] of the log return over the whole path: Heston (1993), as Albrecher et al. (2007) write it."""
    k, x, r = REVERSION, VOLATILITY_OF_VARIANCE, CORRELATION
    b = k - r * x * 1j * u
    d = cmath.sqrt(b * b + x * x * (1j * u + u * u))
    g = (b - d) / (b + d)
    decay = cmath.exp(-d * YEARS)
    c = k * VARIANCE / x**2 * ((b - d) * YEARS - 2 * cmath.log((1 - g * decay) / (1 - g)))
    return c + VARIANCE / x**2 * (b - d) * (1 - decay) / (1 - g * decay)


def heston_law():
    """(mean, variance, excess kurtosis) by differences of the cumulant function at 0."""
    h = 0.05
    f = {n: heston_cumulant_function(n * h) for n in (-2, -1, 1, 2)}
    mean = (8 * (f[1] - f[-1]) - (f[2] - f[-2])).imag / (12 * h)
    variance = (f[2] + f[-2] - 16 * (f[1] + f[-1])).real / (12 * h * h)
    fourth = (f[2] + f[-2] - 4 * (f[1] + f[-1])).real / h**4
    return mean, variance, fourth / variance**2


def law(name):
    """(mean, variance, excess kurtosis) of the log return over the whole path. Merton (1976): cumulants add up."""
    if name == "heston":
        return heston_law()
    if name == "garch":
        # 9·0.08² + 2·0.08·0.9 + 0.9² is over 1: returns have no fourth moment, and the gate is their mean alone.
        return 0.0, STEPS * GARCH_VARIANCE, math.inf
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
