"""The peers' side of the path benchmarks: numpy and numba on the workloads of workloads.py, on one thread.

Prints JSON lines, one measurement or one gate each, as our own benchmarks do:
  {"name": "numba gbm", "nanoseconds": 8.1, "unit": "path-step"}           median CPU time of the repetitions
  {"gate": "gbm", "by": "numba gbm", "logMean": …, "logVariance": …, "paths": 10000}
"""

import json
import math
import statistics
import time

import numba
import numpy

from workloads import (
    CORRELATION, CORRELATIONS, DT, GARCH_CONSTANT, GARCH_DEGREES, GARCH_MEMORY, GARCH_NEWS, GARCH_VARIANCE, JUMP_VOLATILITY,
    JUMPS_PER_YEAR, LOG_DRIFT, MEAN_JUMP, PATHS, REVERSION, START, STEPS, VARIANCE, VOLATILITY, VOLATILITY_OF_VARIANCE,
)

REPETITIONS = 3
DEVIATION = VOLATILITY * math.sqrt(DT)
FACTOR = numpy.linalg.cholesky(numpy.array(CORRELATIONS, dtype=float))


def numpy_gbm(generator, _):
    x = generator.standard_normal((PATHS, STEPS))
    x *= DEVIATION
    x += LOG_DRIFT * DT
    numpy.cumsum(x, axis=1, out=x)
    numpy.exp(x, out=x)
    x *= START
    return x


def numpy_merton(generator, _):
    x = generator.standard_normal((PATHS, STEPS)) * DEVIATION + LOG_DRIFT * DT
    n = generator.poisson(JUMPS_PER_YEAR * DT, (PATHS, STEPS))
    x += n * MEAN_JUMP + numpy.sqrt(n) * JUMP_VOLATILITY * generator.standard_normal((PATHS, STEPS))
    return START * numpy.exp(numpy.cumsum(x, axis=1))


def numpy_garch(generator, _):
    h = numpy.full(PATHS, GARCH_VARIANCE)
    x = numpy.full(PATHS, math.log(START))
    out = numpy.empty((STEPS, PATHS))
    scale = math.sqrt((GARCH_DEGREES - 2) / GARCH_DEGREES)
    for step in range(STEPS):
        e = numpy.sqrt(h) * scale * generator.standard_t(GARCH_DEGREES, PATHS)
        h = GARCH_CONSTANT + GARCH_NEWS * e * e + GARCH_MEMORY * h
        x += e
        numpy.exp(x, out=out[step])
    return out.T


def numpy_correlated(generator, _):
    """Of four assets, side by side in the last axis: as many asset-steps as the others' path-steps."""
    x = generator.standard_normal((PATHS // 4, STEPS, 4)) @ FACTOR.T
    x *= DEVIATION
    x += LOG_DRIFT * DT
    numpy.cumsum(x, axis=1, out=x)
    numpy.exp(x, out=x)
    x *= START
    return x[:, :, 3]


@numba.njit(fastmath=True, cache=True)
def numba_gbm(generator, out):
    for path in range(out.shape[0]):
        price = START
        for step in range(out.shape[1]):
            price *= math.exp(LOG_DRIFT * DT + DEVIATION * generator.standard_normal())
            out[path, step] = price
    return out


@numba.njit(fastmath=True, cache=True)
def numba_merton(generator, out):
    for path in range(out.shape[0]):
        x = math.log(START)
        for step in range(out.shape[1]):
            x += LOG_DRIFT * DT + DEVIATION * generator.standard_normal()
            n = generator.poisson(JUMPS_PER_YEAR * DT)
            if n > 0:
                x += n * MEAN_JUMP + math.sqrt(n) * JUMP_VOLATILITY * generator.standard_normal()
            out[path, step] = math.exp(x)
    return out


@numba.njit(fastmath=True, cache=True)
def numba_heston(generator, out):
    """Andersen (2008), QE-M with central weights: equations 33 and section 4.3.2."""
    kept = math.exp(-REVERSION * DT)
    lost = 1 - kept
    spread = VOLATILITY_OF_VARIANCE**2 * kept * lost / REVERSION
    own = VARIANCE * VOLATILITY_OF_VARIANCE**2 * lost * lost / (2 * REVERSION)
    pull = 0.5 * DT * (REVERSION * CORRELATION / VOLATILITY_OF_VARIANCE - 0.5)
    k1 = pull - CORRELATION / VOLATILITY_OF_VARIANCE
    k2 = pull + CORRELATION / VOLATILITY_OF_VARIANCE
    k3 = 0.5 * DT * (1 - CORRELATION**2)
    a = k2 + 0.5 * k3
    for path in range(out.shape[0]):
        x = math.log(START)
        v = VARIANCE
        for step in range(out.shape[1]):
            mean = VARIANCE + (v - VARIANCE) * kept
            psi = (v * spread + own) / (mean * mean)
            if psi <= 1.5:
                inverse = 2 / psi
                b2 = inverse - 1 + math.sqrt(inverse) * math.sqrt(inverse - 1)
                scale = mean / (1 + b2)
                root = math.sqrt(b2) + generator.standard_normal()
                end = scale * root * root
                left = 1 - 2 * a * scale
                k0 = 0.5 * math.log(left) - a * b2 * scale / left
            else:
                zero = (psi - 1) / (psi + 1)
                rate = (1 - zero) / mean
                u = generator.random()
                end = 0.0 if u <= zero else math.log((1 - zero) / (1 - u)) / rate
                k0 = -math.log(zero + rate * (1 - zero) / (rate - a))
            x += k0 - (k1 + 0.5 * k3) * v + k1 * v + k2 * end + math.sqrt(k3 * (v + end)) * generator.standard_normal()
            v = end
            out[path, step] = math.exp(x)
    return out


def main():
    generator = numpy.random.Generator(numpy.random.SFC64(1))  # numpy's fastest
    out = numpy.empty((PATHS, STEPS))
    models = {
        "numpy": {"gbm": numpy_gbm, "merton": numpy_merton, "garch": numpy_garch, "correlated": numpy_correlated},
        "numba": {"gbm": numba_gbm, "merton": numba_merton, "heston": numba_heston},
    }
    for library, own in models.items():
        for model, make in own.items():
            make(generator, out[:8])  # compiles
            times = []
            for _ in range(REPETITIONS):
                before = time.process_time()
                prices = make(generator, out)
                times.append(time.process_time() - before)
            name = f"{library} {model}"
            nanoseconds = statistics.median(times) / (PATHS * STEPS) * 1e9
            print(json.dumps({"name": name, "nanoseconds": nanoseconds, "unit": "path-step"}))
            log_return = numpy.log(prices[:, -1] / START)
            moments = {"logMean": log_return.mean(), "logVariance": log_return.var(ddof=1), "paths": len(log_return)}
            print(json.dumps({"gate": model, "by": name, **moments}), flush=True)


if __name__ == "__main__":
    main()
