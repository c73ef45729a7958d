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
    DT, JUMP_VOLATILITY, JUMPS_PER_YEAR, LOG_DRIFT, MEAN_JUMP, PATHS, START, STEPS, VOLATILITY,
)

REPETITIONS = 3
DEVIATION = VOLATILITY * math.sqrt(DT)


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


def main():
    generator = numpy.random.Generator(numpy.random.SFC64(1))  # numpy's fastest
    out = numpy.empty((PATHS, STEPS))
    for library, gbm, merton in (("numpy", numpy_gbm, numpy_merton), ("numba", numba_gbm, numba_merton)):
        for model, make in (("gbm", gbm), ("merton", merton)):
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
            moments = {"logMean": log_return.mean(), "logVariance": log_return.var(ddof=1), "paths": PATHS}
            print(json.dumps({"gate": model, "by": name, **moments}), flush=True)


if __name__ == "__main__":
    main()
