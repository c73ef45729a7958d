"""Has other software read what StressLab writes: pandas, NumPy, pyarrow, DuckDB and Polars, each figure bit for bit.

    .venv/bin/python .make/features.py .build/release/stresslab

The same features come as CSV, npy and Parquet, of one asset and of several. CSV is read by pandas with its exact parser of
decimals; all three must hold the same doubles, and nothing in the look-back. DuckDB and Polars read the CSV and the Parquet to
these doubles too, and so they do with the files of a data folder, of which they also read the index.
"""

import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

import duckdb
import numpy
import pandas
import polars
import pyarrow.parquet

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from queries import sqlite_extension

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


def by_duckdb(path):
    """A file as columns of what DuckDB makes of it: milliseconds, names, doubles."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    kinds = {row[0]: row[1] for row in connection.execute(f"describe from '{path}'").fetchall()}

    def column(name, kind):
        if kind.startswith("TIMESTAMP"):
            return f'epoch_ms("{name}") as "{name}"'
        return f'"{name}"::{"double" if kind in ("DOUBLE", "BIGINT") else "varchar"} as "{name}"'

    found = connection.execute(f"select {', '.join(column(*each) for each in kinds.items())} from '{path}'").fetchnumpy()
    return {name: numpy.ma.filled(values, numpy.nan) if values.dtype == "f8" else numpy.ma.getdata(values)
            for name, values in found.items()}


def by_polars(path):
    """A file as columns of what Polars makes of it, likewise."""
    is_text = path.suffix == ".csv"
    frame = polars.read_csv(path, try_parse_dates=True, infer_schema_length=None) if is_text else polars.read_parquet(path)
    found = {}
    for name, kind in frame.schema.items():
        column = frame[name]
        if kind.is_numeric():
            found[name] = column.cast(polars.Float64).fill_null(float("nan")).to_numpy()
        else:
            found[name] = column.dt.epoch("ms").to_numpy() if kind.is_temporal() else column.cast(polars.String).to_numpy()
    return found


def others_read(path, times, names, columns, wanted):
    """Sees that DuckDB and Polars read a file to the same times, assets (where there are several) and doubles."""
    for tool, read in (("DuckDB", by_duckdb), ("Polars", by_polars)):
        found = read(path)
        where = f"{tool}, {path.name}"
        # The first columns have the names that the file of bars gives them.
        time, *asset = list(found)[:-len(columns)]
        assert list(found)[-len(columns):] == columns and len(asset) == (names is not None), f"{where}: {list(found)[:4]}…"
        assert (found[time].astype("M8[ms]") == times).all(), f"{where}: times"
        assert names is None or list(found[asset[0]]) == names, f"{where}: assets"
        assert same(numpy.column_stack([found[name] for name in columns]), wanted), f"{where}: figures"


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
    named = list(text.iloc[:, 1]) if assets > 1 else None
    for ending in ("csv", "parquet"):
        others_read(folder / f"features.{ending}", times, named, columns, wanted)
    return wanted.size


def data_folder(program, folder):
    """What lies in a data folder, as DuckDB and Polars read it: processed bars, kept features, and the index of them."""
    data = folder / "data"
    for file, name in (("fixtures/bars/coin_1h.csv", "coin"), (STOCKS, "stocks/us")):
        subprocess.run([program, "import", file, "--as", name, "--data", data], check=True, capture_output=True)
        keep = ["features", f"data:{name}", "--set", "classic44", "--as", "classic44", "--data", data]
        subprocess.run([program, *keep], check=True, capture_output=True)
    figures, files = 0, [*sorted(data.glob("processed/**/*.csv")), *sorted(data.glob("features/**/*.csv"))]
    assert len(files) == 4, files
    for file in files:
        text = pandas.read_csv(file, float_precision="round_trip", parse_dates=[0])
        several = "asset" in text.columns
        columns = list(text.columns[2 if several else 1:])
        wanted = text[columns].to_numpy("f8")
        times = text.iloc[:, 0].dt.tz_localize(None).to_numpy("M8[ms]")
        others_read(file, times, list(text["asset"]) if several else None, columns, wanted)
        figures += wanted.size
    return figures, indexed(data)


def indexed(data):
    """The rows of the index by DuckDB and by Polars: what the manifests beside the files say."""
    wanted = {"datasets": [], "features": []}
    for path in sorted(data.glob("processed/**/*.json")):
        name = str(path.relative_to(data / "processed").with_suffix(""))
        bars, raw = json.loads(path.read_text()), json.loads((data / "raw" / name / "manifest.json").read_text())
        wanted["datasets"].append(dict(
            name=name, raw_bytes=sum(file["bytes"] for file in raw["files"]), rows=bars["rows"], first=bars["first"],
            last=bars["last"], gaps=len(bars["gaps"]), splits=len(bars["splits"]), changes=len(bars["changes"]),
            sha256=bars["sha256"]))
    for path in sorted(data.glob("features/**/*.json")):
        version = json.loads(path.read_text())
        dataset = str(path.relative_to(data / "features").parent.parent)
        wanted["features"].append(dict(
            dataset=dataset, feature_set=path.parent.name, version=int(path.stem[1:]), columns=len(version["columns"]),
            rows=version["rows"], made_from=version["madeFrom"], sha256=version["sha256"]))
    assert all(len(rows) == 2 for rows in wanted.values()), wanted
    connection = sqlite_extension(duckdb)
    connection.execute(f"attach '{data / 'index.sqlite'}' as folder (type sqlite, read_only)")
    sqlite = sqlite3.connect(data / "index.sqlite")
    for table, rows in wanted.items():
        key = next(iter(rows[0]))
        theirs = {
            "DuckDB": connection.execute(f"select * from folder.{table} order by {key}").to_arrow_table().to_pylist(),
            "Polars": polars.read_database(f"select * from {table} order by {key}", sqlite).to_dicts(),
        }
        for tool, found in theirs.items():
            found = [{name: row[name] for name in rows[0]} for row in found]
            assert found == rows, f"{tool}, {table}: {found}, not {rows}"
    return sum(len(rows) for rows in wanted.values())


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
    print(f"features: {total} figures are the same in CSV by pandas, DuckDB and Polars, in npy by NumPy, and in Parquet by "
          "pyarrow, DuckDB and Polars.")
    with tempfile.TemporaryDirectory(prefix="stresslab-features-") as folder:
        figures, rows = data_folder(program, pathlib.Path(folder))
    print(f"data folder: {figures} figures of processed bars and kept features, and {rows} rows of the index, are the same by "
          "DuckDB and Polars.")


if __name__ == "__main__":
    main()
