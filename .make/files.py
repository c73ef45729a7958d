"""Mutates files of bars in the shapes that people have, and sees that the program reads no bar wrong.

    .venv/bin/python .make/files.py .build/release/stresslab --count 10000

Each file is written from known bars (.make/bar_shapes.py), mutated, and read by `stresslab features`. What is refused is refused
with a place; nothing crashes. Of what is read:

- every bar is the one that was written, but for as many as the mutation touched lines; where names in the header have changed
  places, each field of it is what was written in the column that has its name now;
- where pandas reads the mutated file, with the columns that `stresslab import` says it took, its values are the same.

`--seed` draws other mutations; `--keep DIR` keeps the files that failed.
"""

import argparse
import collections
import concurrent.futures
import csv
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import bar_shapes

FIELDS = ["open", "high", "low", "close", "volume"]
SEPARATOR = {"metatrader5": "\t", "histdata": ";", "decimal-commas": ";"}
HEADERLESS = {"binance", "binance-us", "kraken", "metatrader4", "histdata", "firstrate"}
# Written with quotes, where a field may hold the separator.
QUOTED = {"investing", "nse"}
# What the header of a shape calls a field where that is not the field's own name.
NAMES = {"investing": {"close": "Price", "volume": "Vol."}, "cryptodatadownload": {"volume": "Volume BTC"},
         "metatrader5": {"volume": "<TICKVOL>"}, "stooq": {"volume": "<VOL>"}}
# Where the line with the names is, if it is not the first.
HEADER = {"cryptodatadownload": 1}
BYTES = list(",;.\t\"\n\r0123456789-+eE:/ TZxnKM%<>'|") + ["null", "nan", "\ufeff", "é", "\x00", "GMT+0200", "-5", "00"]


def cells(line, name):
    separator = SEPARATOR.get(name, ",")
    quoting = csv.QUOTE_MINIMAL if name in QUOTED else csv.QUOTE_NONE
    try:
        return next(csv.reader([line], delimiter=separator, quoting=quoting), [])
    except csv.Error:
        return []


def joined(row, name):
    return SEPARATOR.get(name, ",").join(f'"{cell}"' if name in QUOTED else cell for cell in row)


def head(lines, name):
    """The names of the columns as a shape is written; none where it has no header."""
    return [] if name in HEADERLESS else [cell.strip() for cell in cells(lines[HEADER.get(name, 0)], name)]


def figure(text, name):
    """What a cell says; no number where it is none."""
    text = text.strip().replace(".", "").replace(",", ".") if name == "decimal-commas" else text.strip().replace(",", "")
    try:
        return float(text[:-1] + "e3") if text.endswith("K") else float(text)
    except ValueError:
        return float("nan")


def expected(bar, name, write, names, fields):
    """What is to be read of a bar: of each field what was written in the column that has its name now. Where none has, its own
    column may be known still."""
    lines = write([bar, bar]).splitlines()
    written = head(lines, name)
    if names == written:
        values = bar[1:1 + len(fields)]
        if name == "kraken":
            values = values[:4] + (values[4] + 0.25,)
        if name == "investing":
            values = values[:4] + (float(f"{values[4] / 1000:.2f}e3"),)
        return values
    row = cells(lines[-1], name)

    def place(label, of):
        return next((place for place, one in enumerate(of) if one.strip("<>").lower() == label), None)

    def value(field):
        label = NAMES.get(name, {}).get(field, field).strip("<>").lower()
        there = place(label, names)
        if label == "tickvol" and (there is None or place("vol", names) not in (None, place("vol", written))):
            # Ticks are counted where the volume is 0 throughout.
            there = place("vol", names)
        return figure(row[place(label, written) if there is None else there], name)

    return tuple(value(field) for field in fields)


def mutate(text, name, draw):
    """The text with one to three mutations, how many lines they touched, the columns' names now, and what was done."""
    lines = text.splitlines()
    first = {"cryptodatadownload": 2, "yfinance": 3}.get(name, 0 if name in HEADERLESS else 1)
    touched, done, names, start = 0, [], head(lines, name), HEADER.get(name, 0)
    # Which of the columns as they were written is where, as far as there is a header to say so.
    places = list(range(len(names)))

    def row():
        return draw.randrange(min(first, len(lines) - 1), len(lines))

    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        if len(lines) < first + 3:
            break
        kind = draw.choices(
            ["byte", "header byte", "delete", "double", "exchange", "cut row", "cut file", "separators", "one separator",
             "swap columns", "swap names", "drop header", "double header", "reverse", "end", "scale", "no prices", "move"],
            [9, 3, 2, 2, 2, 2, 1, 2, 2, 3, 1, 1, 1, 1, 1, 1, 1, 1])[0]
        done.append(kind)
        if kind in ("byte", "header byte"):
            number = row() if kind == "byte" else draw.randrange(first) if first else row()
            line = lines[number]
            place = draw.randrange(len(line) + 1)
            how = draw.randrange(3)
            piece = draw.choice(BYTES)
            line = (line[:place] + piece + line[place + (how > 0) * draw.randrange(1, 3):]) if how < 2 else line[:place] + line[place + 1:]
            touched += 2 if piece in "\n\r" else 1
            lines[number:number + 1] = line.split("\n")
        elif kind == "delete":
            del lines[row()]
        elif kind == "double":
            number = row()
            lines.insert(number, lines[number])
        elif kind == "exchange":
            number = row()
            if number > first:
                lines[number - 1:number + 1] = lines[number - 1:number + 1][::-1]
        elif kind == "move":
            lines.insert(row(), lines.pop(row()))
        elif kind == "cut row":
            number = row()
            lines[number] = lines[number][:draw.randrange(len(lines[number]) + 1)]
            touched += 1
        elif kind == "cut file":
            whole = "\n".join(lines)
            lines = whole[:draw.randrange(len(whole) // 3, len(whole))].split("\n")
            touched += 1
        elif kind == "separators":
            other = draw.choice([",", ";", "\t", "|"])
            lines = [line.replace(SEPARATOR.get(name, ","), other) if name not in QUOTED else line.replace('","', f'"{other}"')
                     for line in lines]
        elif kind == "one separator":
            number = row()
            lines[number] = lines[number].replace(SEPARATOR.get(name, ","), draw.choice([",", ";", "\t", ".", ""]), 1)
            touched += 1
        elif kind in ("swap columns", "swap names"):
            count = len(cells(lines[start], name))
            if count < 2 or kind == "swap names" and count != len(places):
                done.pop()
                continue
            a, b = draw.sample(range(count), 2)
            if kind == "swap columns" and count == len(places):
                places[a], places[b] = places[b], places[a]
            for number in range(start, len(lines) if kind == "swap columns" else start + 1):
                values = cells(lines[number], name)
                if len(values) == count:
                    values[a], values[b] = values[b], values[a]
                    lines[number] = joined(values, name)
        elif kind == "drop header":
            if first:
                del lines[first - 1]
                first -= 1
                if first == start:
                    # By no name its columns can be told now but by where they are.
                    names, places = head(text.splitlines(), name), []
        elif kind == "double header":
            if first:
                lines.insert(row(), lines[first - 1])
        elif kind == "reverse":
            lines[first:] = lines[first:][::-1]
        elif kind == "end":
            lines = [line + "\r" for line in lines]
        elif kind == "scale":
            number = row()
            lines[number] = lines[number].replace(".", "", 1)
            touched += 1
        elif kind == "no prices":
            number = row()
            values = cells(lines[number], name)
            lines[number] = joined(values[:1] + ["null"] * (len(values) - 1), name)
        values = cells(lines[start], name)
        if len(values) == len(places):
            for place, value in zip(places, values):
                names[place] = value.strip()
    return "\n".join(lines) + draw.choice(["\n", "\n", "\n", ""]), touched, names, done


def moment(text):
    if text.strip().isdigit():
        count = text.strip()
        return int(count) // 10 ** {9: 0, 10: 0, 12: 3, 13: 3, 15: 6, 16: 6, 18: 9, 19: 9}[len(count)]
    import datetime

    when = datetime.datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    return int((when if when.tzinfo else when.replace(tzinfo=datetime.timezone.utc)).timestamp())


def run(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, timeout=60)


def by_pandas(path, name, said):
    """Rows of FIELDS as pandas has them, in the order of time; None where it does not read them to numbers."""
    import pandas

    columns = {column["role"]: column["name"] for column in said["columns"]}
    options = dict(sep={"commas": ",", "semicolons": ";", "tabs": "\t", "bars": "|"}[said["separator"]], encoding="utf-8-sig",
                   float_precision="round_trip", skiprows=1 if said["banner"] else 0, header=0 if said["header"] else None)
    if said["shape"] == "yfinance":
        options.update(skiprows=3, header=None, names=said["order"])
    if said["thousands"]:
        options["thousands"] = "," if said["thousands"] == "commas" else "."
    if said["decimal"] == "comma":
        options["decimal"] = ","
    try:
        frame = pandas.read_csv(path, **options)
        if not said["header"]:
            names = [column["name"] for column in said["columns"]] + said["ignored"]
            order = said["order"]
            frame.columns = [order[number] for number in range(len(frame.columns))] if len(names) == len(frame.columns) else None
        frame.columns = ["(unnamed)" if number == 0 and str(column).startswith("Unnamed") else str(column).strip()
                         for number, column in enumerate(frame.columns)]
        prices = [columns[field] for field in FIELDS[:4]]
        fields = prices + ([columns["volume"]] if "volume" in columns and name != "investing" else [])
        frame = frame.drop_duplicates()
        frame = frame[fields].apply(pandas.to_numeric)
    except Exception:
        return None
    frame = frame.dropna(subset=prices, how="all")
    if frame.isna().any().any():
        return None
    rows = [tuple(float(value) for value in row) for row in frame.itertuples(index=False)]
    return rows[::-1] if said["newestFirst"] else rows


def one(program, number, seed, keep):
    draw = random.Random(seed * 1_000_003 + number)
    name, write, options = draw.choice(bar_shapes.SHAPES)
    bars = bar_shapes.bars(count=draw.randrange(6, 60), seed=number, **options)
    text, touched, names, done = mutate(write(bars), name, draw)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "bars.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        has_volume = name != "histdata"
        fields = FIELDS if has_volume else FIELDS[:4]
        result = run(program, "features", path, "--gaps", "allow", "--columns", ",".join(fields))
        problem, kind, bars_read = None, "refused", 0
        error = result.stderr.decode()
        if result.returncode == 2:
            if "bars.csv" not in error:
                problem = f"refused without a place: {error}"
        elif result.returncode != 0:
            problem = f"exit code {result.returncode}: {error}"
        else:
            kind = "read"
            rows = list(csv.reader(io.StringIO(result.stdout.decode())))
            bars_read = len(rows) - 1
            start = len(rows[0]) - len(fields)
            known = {bar[0]: bar for bar in bars}
            odd = 0
            read = []
            for row in rows[1:]:
                values = tuple(float(value) if value else float("nan") for value in row[start:])
                read.append(values)
                bar = known.get(moment(row[0]))
                odd += not bar or expected(bar, name, write, names, fields) != values
            if odd > touched:
                problem = f"{odd} of {len(rows) - 1} bars are not those that were written, of {touched} touched lines"
            shown = run(program, "import", path, "--json")
            if shown.returncode:
                return kind, bars_read, done, f"{number} ({name}; {', '.join(done)}): import ends with {shown.returncode}: {shown.stderr.decode()[:300]}"
            by_them = by_pandas(path, name, said := json.loads(shown.stdout))
            if by_them is not None:
                kind = "read, and by pandas"
                ours = [row[:len(by_them[0])] for row in read] if by_them else []
                if ours != by_them:
                    problem = (problem or "") + f" pandas differs: {[x for x in zip(ours, by_them) if x[0] != x[1]][:2]}, {len(ours)} and {len(by_them)} rows"
        if problem and keep:
            os.makedirs(keep, exist_ok=True)
            pathlib.Path(keep, f"{number}-{name}.csv").write_bytes(pathlib.Path(path).read_bytes())
    return kind, bars_read, done, problem and f"{number} ({name}; {', '.join(done)}): {problem}"


def unmutated(program):
    """Every shape as it is must be read to its bars, or the rest would prove little."""
    for name, write, options in bar_shapes.SHAPES:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "bars.csv")
            bars = bar_shapes.bars(**options)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(write(bars))
            result = run(program, "features", path, "--columns", "open,high,low,close")
            assert result.returncode == 0, f"{name}: {result.stderr.decode()}"
            rows = list(csv.reader(io.StringIO(result.stdout.decode())))[1:]
            found = [(moment(row[0]), *map(float, row[-4:])) for row in rows]
            assert found == [bar[:5] for bar in bars], f"{name}: other bars than those that were written"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    options = parser.parse_args()
    unmutated(options.program)
    outcomes, bars, failures = collections.Counter(), collections.Counter(), []
    # Of each mutation, how many files were read that it was done to, and how many refused.
    mutations = collections.defaultdict(collections.Counter)
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        jobs = pool.map(one, *zip(*((options.program, number, options.seed, options.keep) for number in range(options.count))), chunksize=8)
        for outcome, count, done, problem in jobs:
            outcomes[outcome] += 1
            bars[outcome] += count
            for kind in set(done):
                mutations[kind][outcome] += 1
            if problem:
                failures.append(problem)
                print(problem, flush=True)
    if failures:
        sys.exit(f"{len(failures)} of {options.count} mutated files were read wrong, or ended the program.")
    print("read of those with a mutation: " + ", ".join(
        f"{kind} {of.total() - of['refused']}/{of.total()}" for kind, of in sorted(mutations.items())))
    counts = ", ".join(f"{count} {kind}" + f" ({bars[kind]} bars)" * (bars[kind] > 0) for kind, count in sorted(outcomes.items()))
    print(f"{len(bar_shapes.SHAPES)} shapes of files were read to their bars; of {options.count} mutated ones none was read "
          f"wrong: {counts}.")
    # Where nearly all is refused, or pandas reads little, not much was tried.
    assert outcomes["read, and by pandas"] * 5 > options.count, f"too few files were compared with pandas: {counts}"


if __name__ == "__main__":
    main()
