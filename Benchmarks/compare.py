"""Times our side and the peers' in one run, interleaved, and holds the goals. `make bench` builds and calls it.

Our benchmarks are executables of the package (bench-paths, bench-market, bench-desk, bench-features, bench-backtest); the
peers' are peers.py and backtests.py. Each prints JSON lines: {"name", "nanoseconds", "unit"} for a time, {"gate", "by", "logMean", "logVariance",
"paths"} for the moments of what it made and {"figures", …} for the figures of its backtests. Every round runs each of them
once, so that a machine that slows down slows both sides down. A ratio counts only when both sides' moments follow the law
(workloads.py) and both sides' figures are the same (backtests.py): fast and wrong is worth nothing.

The goals are those of the processor level that was built for: goals.py. Indicators against TA-Lib have a file of their
own, indicators.py; so have the runs of `stresslab run`, their time and their memory, runs.py.

    .venv/bin/python Benchmarks/compare.py [--rounds 5] [--no-runs]
"""

import argparse
import pathlib
import statistics
import sys
import tempfile

import backtests
import goals
import indicators
import runs
from processes import BUILT, ROOT, lines_of, spread
from workloads import disagreement

OURS = ("bench-paths", "bench-market", "bench-desk", "bench-features")
VECTORBT = ROOT / ".venv-vectorbt/bin/python"

# (ours, peer, the goal: how many times faster ours must be). The desk's row has the market in it, made on the way; vectorbt
# reads its prices from memory, and asks nothing of a venue.
RATIOS = (
    ("gbm", "numba gbm", "gbm_against_numba"),
    ("gbm", "numpy gbm", None),
    ("merton", "numba merton", "merton_against_numba"),
    ("merton", "numpy merton", None),
    ("heston", "numba heston", "heston_against_numba"),
    ("garch", "numpy garch", "garch_against_numpy"),
    ("correlated", "numpy correlated", "correlated_against_numpy"),
    ("SMA cross, the benchmark's kernel", "vectorbt SMA cross", "backtest_against_vectorbt"),
    ("market and an SMA cross with 4 rules", "vectorbt SMA cross", "desk_against_vectorbt"),
)
# (ours, what is taken off it, the goal: the most nanoseconds, what it is)
TIMES = (
    ("market without latency", None, "market", "the market alone, no latency"),
    ("market", None, "whole_market", "the market with latency, coupled extremes and a crash"),
    ("market and a desk with 4 rules", "market of flash-crash.json", "desk", "a desk behind four rules, beyond the market"),
    ("market and 5 desks", None, "market_and_five_desks", "the market and five desks behind four rules"),
    ("classic44 as csv", None, "features", "44 features of a recorded bar as CSV (on all cores)"),
)
GATE_STANDARD_ERRORS = 4  # false alarms: 6 in 100,000 a moment


def measure(rounds, folder):
    """({name: nanoseconds of each round}, [gates that failed]); prices lie in the folder."""
    prices = folder / "closes.f64"
    backtests.write_prices(prices)
    ours, theirs = BUILT / "bench-backtest", VECTORBT
    commands = [[BUILT / name] for name in OURS if (BUILT / name).exists()]
    commands.append([sys.executable, ROOT / "Benchmarks/peers.py"])
    compares = ours.exists() and theirs.exists()
    if compares:
        commands.append([ours, prices, str(backtests.BARS), str(backtests.SERIES)])
        commands.append([theirs, ROOT / "Benchmarks/backtests.py", prices])
    times, figures, failed = {}, {}, []
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", file=sys.stderr, flush=True)
        for command in commands if number % 2 else reversed(commands):
            for line in lines_of(command):
                if "gate" in line:
                    away = disagreement(line["gate"], line["logMean"], line["logVariance"], line["paths"])
                    if not away < GATE_STANDARD_ERRORS:
                        failed.append(f"{line['by']}: moments {away:.1f} standard errors from the law")
                elif "figures" in line:
                    figures[line["figures"]] = line
                else:
                    times.setdefault(line["name"], []).append(line["nanoseconds"])
        wrong = backtests.disagreements(figures) if compares else []
        if wrong:
            # Then no time of a backtest counts.
            failed += wrong
            compares = False
            commands = [command for command in commands if command[0] not in (ours, theirs)]
            times = {name: values for name, values in times.items() if "SMA cross" not in name}
    return times, failed


def judge(times, held):
    """Prints times, ratios and what is held; says whether every goal was met."""
    print(f"\n{'what':36} nanoseconds: median [least … most]")
    for name, values in times.items():
        print(f"{name:36} {spread(values)}")

    good = True
    print(f"\n{'ratio of one round':64} {'times: median [least … most]':34} goal")
    for ours, peer, goal in RATIOS:
        if ours not in times or peer not in times:
            good = good and goal is None
            print(f"{ours + ' against ' + peer:64} not measured")
            continue
        ratios = [theirs / mine for mine, theirs in zip(times[ours], times[peer])]
        print(f"{ours + ' against ' + peer:64} {spread(ratios, '{:.1f}'):34} ", end="")
        good = goals.reaches(statistics.median(ratios), goal and getattr(held, goal)) and good

    print(f"\n{'a bar on one core':56} {'ns: median [least … most]':28} goal")
    for name, less, goal, what in TIMES:
        if name not in times or (less and less not in times):
            good = False
            print(f"{what:56} not measured")
            continue
        values = [a - b for a, b in zip(times[name], times[less])] if less else times[name]
        print(f"{what:56} {spread(values, '{:.1f}'):28} ", end="")
        good = goals.stays_under(statistics.median(values), getattr(held, goal), "ns") and good
    return good


def main():
    arguments = argparse.ArgumentParser(description="Times our side and the peers' and holds the goals.")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--no-runs", action="store_true", help="leave out the time and memory of stresslab run")
    chosen = arguments.parse_args()

    held = goals.of_this_build()
    if held is None:
        return 1
    with tempfile.TemporaryDirectory(prefix="stresslab-bench-") as folder:
        times, failed = measure(chosen.rounds, pathlib.Path(folder))
    good = judge(times, held)
    good = indicators.judge(chosen.rounds, held.indicator, held.indicator_in_lanes) and good
    for line in failed:
        print(f"GATE FAILED: {line}")
    if not chosen.no_runs:
        good = runs.judge(held) and good
    return 0 if good and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
