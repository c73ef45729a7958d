"""Has other software read what `stresslab features` writes: pandas, NumPy and pyarrow, each figure bit for bit.

    .venv/bin/python .make/features.py .build/release/stresslab

The same features come as CSV, npy and Parquet, of one asset and of several. CSV is read by pandas with its exact parser of
decimals; all three must hold the same doubles, and nothing in the look-back.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy
import pandas
import pyarrow.parquet

STOCKS = "fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv"
CASES = ((("fixtures/bars/coin_1h.csv",), "classic44", 1), ((STOCKS, "--asset", "IBM"), "wide", 1), ((STOCKS,), "classic44", 5))


def write(program, data, chosen, out):
    environment = dict(os.environ, STRESSLAB_PYTHON=sys.executable)
    subprocess.run([program, "features", *data, "--set", chosen, "--out", str(out)], check=True, env=environment)


def same(found, wanted):
    """Whether doubles are the same, bit for bit, and missing at the same places."""
    found, wanted = numpy.ascontiguousarray(found), numpy.ascontiguousarray(wanted)
    there = ~numpy.isnan(wanted)
    return (there == ~numpy.isnan(found)).all() and (found.view("i8")[there] == wanted.view("i8")[there]).all()


def check(program, folder, data, chosen, assets):
    for ending in ("csv", "npy", "parquet"):
        write(program, data, chosen, folder / f"features.{ending}")
    text = pandas.read_csv(folder / "features.csv", float_precision="round_trip", parse_dates=[0])
    names = json.loads((folder / "features.columns.json").read_text())
    columns = list(text.columns[1 if assets == 1 else 2:])
    assert names["columns"] == columns and names["rows"] == len(text), "names"
    wanted = text[columns].to_numpy("f8")
    times = text.iloc[:, 0].dt.tz_localize(None).to_numpy("M8[ms]")

    figures = numpy.load(folder / "features.npy")
    assert figures.dtype == "<f8" and figures.flags.c_contiguous and figures.shape == wanted.shape, figures.shape
    assert same(figures, wanted), "npy"
    stamps = numpy.load(folder / "features.time.npy")
    assert stamps.dtype == "<i8" and (stamps.astype("M8[ms]") == times).all(), "times of npy"

    table = pyarrow.parquet.read_table(folder / "features.parquet")
    assert table.column_names == ["time"] + (["asset"] if assets > 1 else []) + columns, table.column_names
    nulls = sum(table[name].null_count for name in columns)
    assert nulls == int(numpy.isnan(wanted).sum()) > 0, f"{nulls} nulls"
    frame = table.to_pandas()
    assert same(frame[columns].to_numpy("f8"), wanted), "parquet"
    assert (frame["time"].dt.tz_localize(None).to_numpy("M8[ms]") == times).all(), "times of parquet"
    if assets > 1:
        places = numpy.load(folder / "features.asset.npy")
        assert [names["assets"][place] for place in places] == list(text.iloc[:, 1]) == list(frame["asset"]), "assets"
        assert len(set(places)) == assets
    else:
        assert not (folder / "features.asset.npy").exists() and names["assets"] == []
    return wanted.size


def refused(program, folder):
    """Without pyarrow there is one sentence, and no file."""
    out = folder / "refused.parquet"
    environment = dict(os.environ, STRESSLAB_PYTHON=str(folder / "no-python"))
    command = [program, "features", "fixtures/bars/coin_1h.csv", "--set", "classic44", "--out", str(out)]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert ended.returncode == 2 and "pip install numpy pyarrow" in ended.stderr, ended
    assert not list(folder.iterdir()), "something was left"


def main():
    program = sys.argv[1]
    total = 0
    for data, chosen, assets in CASES:
        with tempfile.TemporaryDirectory(prefix="stresslab-features-") as folder:
            total += check(program, pathlib.Path(folder), data, chosen, assets)
    with tempfile.TemporaryDirectory(prefix="stresslab-features-") as folder:
        refused(program, pathlib.Path(folder))
    print(f"features: {total} figures are the same in CSV by pandas, in npy by NumPy and in Parquet by pyarrow.")


if __name__ == "__main__":
    main()
