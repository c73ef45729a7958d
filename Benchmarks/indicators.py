"""Indicators against TA-Lib: the same 100,000 bars, the same calls, one figure gate before any ratio.

`compare.py` calls `judge()`. Ours is bench-indicators; the peer is TA-Lib's C core, as PyPI's ta-lib calls it, in a
process of its own (this file, run by itself). Every round runs both, one after the other, and the order turns. Both
times are the fastest of a process's calls, and include the column that a call returns; the allocator keeps freed memory
on both sides, so that no page faults are timed. A ratio counts only where sums and last figures agree to 1e-9.

    .venv/bin/python Benchmarks/indicators.py [--rounds 5]
"""

import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import time

import goals
from processes import BUILT

OURS = BUILT / "bench-indicators"
COUNT = 100_000
CALLS = 15
AGREEMENT = 1e-9

# What TA-Lib is called with: the columns of the bars, and what differs from its defaults.
INPUTS = {
    "c": "SMA EMA WMA DEMA TEMA TRIMA KAMA T3 MAMA BBANDS HT_TRENDLINE MIDPOINT MACD RSI STOCHRSI CMO ROC ROCP MOM PPO "
         "APO TRIX LINEARREG LINEARREG_SLOPE LINEARREG_ANGLE LINEARREG_INTERCEPT TSF STDDEV VAR HT_DCPERIOD MAX MIN",
    "hl": "MIDPRICE SAR AROON AROONOSC PLUS_DM MINUS_DM BETA CORREL MEDPRICE",
    "hlc": "STOCH STOCHF WILLR CCI ULTOSC ADX ADXR DX PLUS_DI MINUS_DI ATR NATR TRANGE TYPPRICE WCLPRICE",
    "hlcv": "MFI AD ADOSC",
    "cv": "OBV",
    "ohlc": "BOP AVGPRICE",
}
OPTIONS = {"BBANDS": {"timeperiod": 20, "nbdevup": 2, "nbdevdn": 2}, "PPO": {"matype": 0}, "APO": {"matype": 0}}


def bars():
    """The random walk of bench-indicators: Knuth's MMIX generator, the same operations in the same order."""
    state, columns = 1, {key: [] for key in "ohlcv"}

    def uniform():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 11) * 2.0**-53

    close = 100.0
    for _ in range(COUNT):
        open = close
        close = open * (1 + 0.02 * (uniform() - 0.5))
        columns["o"].append(open)
        columns["c"].append(close)
        columns["h"].append(max(open, close) * (1 + 0.005 * uniform()))
        columns["l"].append(min(open, close) * (1 - 0.005 * uniform()))
        columns["v"].append(math.floor(1e6 * (0.5 + uniform()) + 0.5))
    return columns


def peer():
    """Prints TA-Lib's times and figures as JSON lines."""
    import numpy
    import talib

    columns = {key: numpy.array(values, dtype=float) for key, values in bars().items()}
    for inputs, names in INPUTS.items():
        for name in names.split():
            function, arguments = getattr(talib, name), [columns[key] for key in inputs]
            options = OPTIONS.get(name, {})
            best = math.inf
            for _ in range(CALLS + 1):
                before = time.process_time_ns()
                found = function(*arguments, **options)
                best = min(best, time.process_time_ns() - before)
            outputs = found if isinstance(found, tuple) else (found,)
            print(json.dumps({"name": name, "nanoseconds": best / COUNT,
                              "sums": [float(numpy.nansum(numpy.abs(x))) for x in outputs],
                              "last": [float(x[-1]) for x in outputs]}))


def lines_of(command):
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1",
                       MALLOC_TRIM_THRESHOLD_=str(1 << 28), MALLOC_MMAP_THRESHOLD_=str(1 << 28))
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
    return {line["name"]: line for line in map(json.loads, output.splitlines())}


def near(ours, theirs):
    return len(ours) == len(theirs) and all(abs(a - b) <= AGREEMENT * max(abs(a), abs(b)) for a, b in zip(ours, theirs))


def disagreements(ours, theirs):
    """Where the figures differ: sums of magnitudes, and last figures by their size in the column."""
    wrong = []
    for name, line in theirs.items():
        own = ours[name]
        scale = [total / COUNT for total in line["sums"]]
        last = [abs(a - b) <= AGREEMENT * max(abs(b), size) for a, b, size in zip(own["last"], line["last"], scale)]
        # Ours gives TA-Lib's second column of MAMA under a name of its own.
        if not near(own["sums"], line["sums"][: len(own["sums"])]) or not all(last):
            wrong.append(f"{name}: sums {own['sums']} and {line['sums']}, last {own['last']} and {line['last']}")
    return wrong


def judge(rounds, one_lane, lanes):
    """Prints the ratios; says whether figures agreed and every function met both goals in the median of the rounds."""
    if not OURS.exists():
        print("\nindicators: bench-indicators is not built, not measured")
        return False
    alone, side_by_side, wrong = {}, {}, []
    for number in range(1, rounds + 1):
        print(f"indicators, round {number} of {rounds}", file=sys.stderr, flush=True)
        commands = [[OURS, str(CALLS)], [sys.executable, pathlib.Path(__file__)]]
        order = (0, 1) if number % 2 else (1, 0)
        found = {index: lines_of(commands[index] + (["--peer"] if index else [])) for index in order}
        ours, theirs = found[0], found[1]
        wrong = disagreements(ours, theirs)
        for name, line in theirs.items():
            alone.setdefault(name, []).append((line["nanoseconds"], ours[name]["oneLane"]))
            side_by_side.setdefault(name, []).append(line["nanoseconds"] / ours[name]["lanes"])
    for line in wrong:
        print(f"GATE FAILED: {line}")

    middle = lambda values: statistics.median(values)
    one = {name: middle([theirs / ours for theirs, ours in pairs]) for name, pairs in alone.items()}
    many = {name: middle(ratios) for name, ratios in side_by_side.items()}
    print(f"\n{'indicator, ns a bar':22} {'TA-Lib':>8} {'one lane':>9} {'times':>6}   in lanes, a series: times")
    for name, pairs in alone.items():
        theirs, ours = (middle([pair[side] for pair in pairs]) for side in (0, 1))
        marks = ("" if one[name] >= one_lane else " <") + ("" if many[name] >= lanes else " (lanes <)")
        print(f"{name:22} {theirs:8.2f} {ours:9.2f} {one[name]:6.2f}   {many[name]:6.1f}{marks}")
    good = not wrong
    for what, ratios, goal in (("one lane", one, one_lane), ("lanes, a series", many, lanes)):
        worst = min(ratios, key=ratios.get)
        missed = sum(ratio < goal for ratio in ratios.values())
        print(f"indicators, {what}: geometric mean {statistics.geometric_mean(ratios.values()):.2f}, median "
              f"{middle(ratios.values()):.2f}, worst {ratios[worst]:.2f} ({worst}); ≥ {goal:g} in "
              f"{len(ratios) - missed} of {len(ratios)}: {'met' if not missed else 'MISSED'}")
        good = good and not missed
    return good


def main():
    arguments = argparse.ArgumentParser(description="Times our indicators and TA-Lib's.")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--peer", action="store_true", help="print TA-Lib's side and nothing else")
    chosen = arguments.parse_args()
    if chosen.peer:
        peer()
        return 0
    held = goals.of_this_build()
    return 0 if held and judge(chosen.rounds, held.indicator, held.indicator_in_lanes) else 1


if __name__ == "__main__":
    sys.exit(main())
