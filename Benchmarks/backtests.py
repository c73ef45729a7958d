"""A backtest of a moving-average cross as people run it, with vectorbt, and the gate that ours must pass first.

1,000 price series of 1,000 daily bars, each bought whole at the close at which the mean of 10 closes comes over that of 50 and
sold at the one at which it comes under it, with fees of 0.1 % and no other cost; final equity, Sharpe ratio and maximum
drawdown of every series. Both sides read the prices from one file and have them in memory, in the order in which they
compute, when the clock starts. Ours is bench-backtest, a kernel of the benchmark: a run of StressLab trades at its venue,
which compare.py holds against the same time. vectorbt needs another pandas than the checks, so it lives in a virtual environment
of its own (vectorbt-requirements.txt), whose Python compare.py calls this file with:

    .venv-vectorbt/bin/python Benchmarks/backtests.py FILE

It prints, as our benchmarks do, {"name", "nanoseconds", "unit"}, the least time of the repetitions, and
{"figures": "vectorbt", "finalEquity": […], "sharpe": […], "maximumDrawdown": […], "firstCurve": […]}.
"""

import json
import math
import sys
import time

BARS, SERIES = 1_000, 1_000
FAST, SLOW, FEE = 10, 50, 0.001
REPETITIONS = 5
AGREEMENT = 1e-9  # relative
COLUMNS = {"finalEquity": SERIES, "sharpe": SERIES, "maximumDrawdown": SERIES, "firstCurve": BARS}


def write_prices(file):
    """Writes the closes, [bar][series]: geometric Brownian motion of 20 % a year."""
    import numpy

    steps = 0.0001 + 0.0126 * numpy.random.default_rng(1).standard_normal((BARS, SERIES))
    (100 * numpy.exp(numpy.cumsum(steps, axis=0))).tofile(file)


def disagreements(figures):
    """Where two sides' figures, {side: line}, differ; a side that gave none differs."""
    ours, theirs = figures.get("ours"), figures.get("vectorbt")
    if not ours or not theirs:
        return ["backtests: no figures of ours" if not ours else "backtests: no figures of vectorbt's"]
    wrong = []
    for column, count in COLUMNS.items():
        pairs = list(zip(ours[column], theirs[column]))
        # `not … <=` counts what is not a number too.
        away = [i for i, (a, b) in enumerate(pairs) if not abs(a - b) <= AGREEMENT * abs(b) or math.isinf(b)]
        if len(pairs) != count or len(ours[column]) != len(theirs[column]):
            wrong.append(f"backtests, {column}: {len(ours[column])} figures and {len(theirs[column])}")
        elif away:
            a, b = pairs[away[0]]
            wrong.append(f"backtests, {column}: {len(away)} of {count} differ, first number {away[0]}: {a!r} and {b!r}")
    return wrong


def peer(file):
    """Times vectorbt and prints its figures."""
    import warnings

    warnings.simplefilter("ignore")
    import numpy
    import pandas
    import vectorbt

    closes = pandas.DataFrame(numpy.fromfile(file).reshape(BARS, SERIES), copy=False)

    def backtest():
        fast, slow = vectorbt.MA.run(closes, FAST), vectorbt.MA.run(closes, SLOW)
        portfolio = vectorbt.Portfolio.from_signals(
            closes, fast.ma_crossed_above(slow).values, fast.ma_crossed_below(slow).values, fees=FEE, freq="1D")
        return portfolio, portfolio.final_value(), portfolio.sharpe_ratio(), portfolio.max_drawdown()

    backtest()  # compiles
    least = math.inf
    for _ in range(REPETITIONS):
        before = time.process_time()
        portfolio, final, sharpe, drawdown = backtest()
        least = min(least, time.process_time() - before)
    print(json.dumps({"name": "vectorbt SMA cross", "nanoseconds": least / (BARS * SERIES) * 1e9, "unit": "bar"}))
    figures = {"finalEquity": final, "sharpe": sharpe, "maximumDrawdown": -drawdown, "firstCurve": portfolio.value()[0]}
    print(json.dumps({"figures": "vectorbt", **{name: column.tolist() for name, column in figures.items()}}))


if __name__ == "__main__":
    peer(sys.argv[1])
