"""Times our side and the peers' in one run, interleaved, and holds the targets. `make bench` builds and calls it.

Our benchmarks are executables of the package (bench-paths, bench-market, bench-desk); the peers' is peers.py. Each prints
JSON lines: {"name", "nanoseconds", "unit"} for a time and {"gate", "by", "logMean", "logVariance", "paths"} for the
moments of what it made. Every round runs each of them once, so that a machine that slows down slows both sides down. A
ratio counts only when both sides' moments follow the law (workloads.py): fast and wrong is worth nothing.

Indicators against TA-Lib have a file of their own, indicators.py.

Then the memory of `stresslab run`: the peak at 10,000 and at 100,000 paths.

    .venv/bin/python Benchmarks/compare.py [--rounds 5] [--no-memory]
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import indicators
from workloads import disagreement

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILT = ROOT / ".build/release"
OURS = ("bench-paths", "bench-market", "bench-desk")

# (ours, peer, how many times faster ours must be)
RATIOS = (
    ("gbm", "numba gbm", 6.0),
    ("gbm", "numpy gbm", None),
    ("merton", "numba merton", 4.5),
    ("merton", "numpy merton", None),
)
# (ours, most nanoseconds it may take, what it is)
CEILINGS = (
    ("market without latency", 13.0, "a bar on one core: the market alone, no latency"),
    ("market", 20.0, "a bar on one core: the market with latency, coupled extremes and a crash"),
    ("market and 5 desks", 36.0, "a bar on one core: the market and five desks with four risk rules"),
)
GATE_STANDARD_ERRORS = 4  # false alarms: 6 in 100,000 a moment

# What `make demo` may take after the build, on two cores.
DEMO_SECONDS = 15
# The peak may grow by what an outcome keeps: a row in the store stays on disk, these are sort keys and page caches.
MEMORY_PATHS = (10_000, 100_000)
MEMORY_PER_PATH = 1024


def lines_of(command):
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", NUMBA_NUM_THREADS="1")
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def measure(rounds):
    """({name: nanoseconds of each round}, [gates that failed])."""
    commands = [[BUILT / name] for name in OURS if (BUILT / name).exists()]
    commands.append([sys.executable, ROOT / "Benchmarks/peers.py"])
    times, failed = {}, []
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", file=sys.stderr, flush=True)
        for command in commands if number % 2 else reversed(commands):
            for line in lines_of(command):
                if "gate" in line:
                    away = disagreement(line["gate"], line["logMean"], line["logVariance"], line["paths"])
                    if not away < GATE_STANDARD_ERRORS:
                        failed.append(f"{line['by']}: moments {away:.1f} standard errors from the law")
                else:
                    times.setdefault(line["name"], []).append(line["nanoseconds"])
    return times, failed


def spread(values, form="{:.2f}"):
    """Median [least … most]."""
    low, middle, high = (form.format(x) for x in (min(values), statistics.median(values), max(values)))
    return f"{middle} [{low} … {high}]"


def verdict(met):
    return "met" if met else "MISSED"


def judge(times):
    """Prints times, ratios and ceilings; says whether every target was met."""
    print(f"\n{'what':28} nanoseconds: median [least … most]")
    for name, values in times.items():
        print(f"{name:28} {spread(values)}")

    good = True
    print(f"\n{'ratio of one round':36} {'times: median [least … most]':34} target")
    for ours, peer, target in RATIOS:
        if ours not in times or peer not in times:
            good = good and target is None
            print(f"{ours + ' against ' + peer:36} not measured")
            continue
        ratios = [theirs / mine for mine, theirs in zip(times[ours], times[peer])]
        met = target is None or statistics.median(ratios) >= target
        said = "–" if target is None else f"≥ {target:g}: {verdict(met)}"
        good = good and met
        print(f"{ours + ' against ' + peer:36} {spread(ratios, '{:.1f}'):34} {said}")

    print()
    for name, most, what in CEILINGS:
        if name not in times:
            good = False
            print(f"{what}: not measured")
            continue
        met = statistics.median(times[name]) <= most
        good = good and met
        print(f"{what}: {spread(times[name], '{:.1f}')} ns, ≤ {most:g}: {verdict(met)}")
    return good


def peak_memory(paths, folder):
    """(peak resident bytes, wall seconds) of one run of the flash crash."""
    command = [BUILT / "stresslab", "run", ROOT / "scenarios/flash-crash.json", "--paths", str(paths)]
    command += ["--out", folder, "--overwrite", "--quiet"]
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_maxrss * 1024, time.perf_counter() - before


def judge_memory():
    folder = tempfile.mkdtemp(prefix="stresslab-bench-")
    try:
        peaks = []
        print()
        for paths in MEMORY_PATHS:
            peak, seconds = peak_memory(paths, os.path.join(folder, str(paths)))
            peaks.append(peak)
            print(f"stresslab run, {paths:,} paths: peak {peak / 1e6:.0f} MB, {seconds:.1f} s")
            if paths == MEMORY_PATHS[0]:
                quick = seconds <= DEMO_SECONDS
                print(f"the demo's run: ≤ {DEMO_SECONDS} s: {verdict(quick)}")
    finally:
        shutil.rmtree(folder)
    growth = (peaks[1] - peaks[0]) / (MEMORY_PATHS[1] - MEMORY_PATHS[0])
    met = growth <= MEMORY_PER_PATH
    print(f"memory a further path: {growth:.0f} bytes, ≤ {MEMORY_PER_PATH}: {verdict(met)}")
    return met and quick


def main():
    arguments = argparse.ArgumentParser(description="Times our side and the peers' and holds the targets.")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--no-memory", action="store_true", help="leave out the memory of stresslab run")
    chosen = arguments.parse_args()

    times, failed = measure(chosen.rounds)
    good = judge(times)
    good = indicators.judge(chosen.rounds) and good
    for line in failed:
        print(f"GATE FAILED: {line}")
    if not chosen.no_memory:
        good = judge_memory() and good
    return 0 if good and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
