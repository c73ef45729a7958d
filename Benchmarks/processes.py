"""Our programs and the peers' as processes that print JSON lines, and figures of several rounds as text."""

import json
import os
import pathlib
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILT = ROOT / ".build/release"


def lines_of(command):
    """What a program prints as JSON, line by line; one thread for the peers' libraries."""
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", NUMBA_NUM_THREADS="1")
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def spread(values, form="{:.2f}"):
    """Median [least … most]."""
    low, middle, high = (form.format(x) for x in (min(values), statistics.median(values), max(values)))
    return f"{middle} [{low} … {high}]"
