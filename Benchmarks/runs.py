"""Whole runs of `stresslab run`: the demo's time on two cores and on one, how memory grows with the paths, and the time and
memory of a study of four agents in eight scenarios.

`compare.py` calls `judge()`. The time is the wall's, from the start of the process to its end, page included. Runs on one
and on two threads take turns.
"""

import os
import shutil
import statistics
import subprocess
import tempfile
import time

import goals
from processes import BUILT, ROOT, spread

ROUNDS = 3
# What `make demo` runs, and enough more that a byte a path shows.
DEMO_PATHS, MANY_PATHS = 10_000, 100_000


FLASH_CRASH = ROOT / "scenarios/flash-crash.json"
EIGHT_STRESSES = ROOT / "Benchmarks/Studies/eight-stresses.json"


def run(paths, folder, threads, document=FLASH_CRASH):
    """(wall seconds, peak resident bytes) of one run of a document."""
    command = [BUILT / "stresslab", "run", document, "--paths", str(paths)]
    command += ["--threads", str(threads), "--out", folder, "--overwrite", "--quiet"]
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - before, usage.ru_maxrss * 1024


def judge(held):
    """Prints times, their ratio and memory; says whether the goals were met."""
    folder = tempfile.mkdtemp(prefix="stresslab-bench-")
    try:
        one, two, peaks = [], [], []
        for _ in range(ROUNDS):
            one.append(run(DEMO_PATHS, folder, 1)[0])
            seconds, peak = run(DEMO_PATHS, folder, 2)
            two.append(seconds)
            peaks.append(peak)
        _, peak_of_many = run(MANY_PATHS, folder, 2)
        large = [run(DEMO_PATHS, folder, 2, EIGHT_STRESSES) for _ in range(ROUNDS)]
        page = os.path.getsize(os.path.join(folder, "index.html"))
    finally:
        shutil.rmtree(folder)

    print(f"\nthe demo on one core: {spread(one, '{:.1f}')} s")
    print(f"the demo on two cores: {spread(two, '{:.1f}')} s, ", end="")
    good = goals.stays_under(statistics.median(two), held.demo_seconds, "s")
    ratios = [alone / both for alone, both in zip(one, two)]
    print(f"two cores against one: {spread(ratios)}, ", end="")
    if (os.cpu_count() or 1) < 2:
        print("not held: the machine has one")
    else:
        good = goals.reaches(statistics.median(ratios), held.two_cores_against_one) and good
    print(
        f"4 agents, 8 scenarios, 2 severities, {DEMO_PATHS:,} paths: {spread([one[0] for one in large], '{:.1f}')} s, "
        f"peak {statistics.median(one[1] for one in large) / 1e6:.0f} MB, page {page / 1e6:.2f} MB"
    )
    peak = statistics.median(peaks)
    growth = (peak_of_many - peak) / (MANY_PATHS - DEMO_PATHS)
    print(f"peak of {DEMO_PATHS:,} paths {peak / 1e6:.0f} MB, of {MANY_PATHS:,} {peak_of_many / 1e6:.0f} MB; ", end="")
    print(f"a further path: {growth:.0f} bytes, ", end="")
    return goals.stays_under(growth, held.bytes_a_path, "bytes", tolerance=0) and good
