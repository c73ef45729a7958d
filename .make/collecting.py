"""Kills `stresslab collect` at random moments and sees that the same command, run again, ends in the bytes of a collection that
nothing has happened to.

    python3 .make/collecting.py .build/release/stresslab --compiler cc [--kills 60]

The bars come from the exchange on this machine (.make/exchange.py), asked natively as Binance, Kraken and Coinbase and, where
.venv-ccxt is, by ccxt. Kills come in turn at a moment drawn over the time that a whole collection takes, in the middle of a call
that writes, of which only half arrives (.make/faults.c), soon after a file has appeared, and at a request. Up to three of them
fall on one collection before it may end. Then data/raw and data/processed must be the same files, but for the times at which raw
files were written; the index must list them, and no helper may be left.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
CCXT = ROOT / ".venv-ccxt/bin/python"
# 2020-01-01, seconds since 1970.
START = 1577836800
HOUR = 3600


class Failure(Exception):
    pass


class Exchange:
    """The exchange on this machine, which ends with this process."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / ".make/exchange.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    def address(self, world):
        return f"http://127.0.0.1:{self.port}/w/{world}"

    def ask(self, world, what, **query):
        with urllib.request.urlopen(f"{self.address(world)}/{what}?{urllib.parse.urlencode(query)}", timeout=60) as answer:
            return answer.read().decode()


def gap(first, last):
    return f"{START + first * HOUR}-{START + last * HOUR}"


# Who is asked for what: several pages, and of the first several files.
SOURCES = {
    "binance": (["binance", "BTC/USDT", "1h"], "2021-02-15", dict(gaps=f"{gap(500, 520)},{gap(7000, 7001)}")),
    # It leaves a second between requests.
    "kraken": (["kraken", "BTC/USD", "1d"], "2022-12-31", dict(listed=START, kept=0)),
    "coinbase": (["coinbase", "ETH/USD", "1h"], "2020-03-31", dict(gaps=gap(700, 703))),
    "ccxt": (["ccxt:binance", "BTC/USDT", "1h"], "2020-06-30", dict(listed=START, gaps=gap(500, 503))),
}


def contents(data, address=""):
    """The files of a data folder that was collected from an address, and what its index lists."""
    files = {}
    for file in data.rglob("*"):
        name = str(file.relative_to(data))
        if not file.is_file() or name.startswith("index.sqlite"):
            continue
        # Raw files say when they were written, and the manifest where the exchange was asked.
        text = file.read_bytes().replace(address.encode(), b"ADDRESS") if address else file.read_bytes()
        files[name] = [line for line in text.splitlines(True) if b'"written"' not in line]
    return files | {"index.sqlite": listed(data)}


def listed(data):
    """The rows of a data folder's index; None where there is none."""
    if not (data / "index.sqlite").exists():
        return None
    with contextlib.closing(sqlite3.connect(data / "index.sqlite")) as index:
        check = index.execute("PRAGMA integrity_check").fetchone()[0]
        if check != "ok":
            raise Failure(f"the index is damaged: {check}")
        tables = sorted(name for name, in index.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        return {table: sorted(index.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}


def state(data):
    """What a killed collection has left, in a word."""
    if any(data.rglob("*.stresslab-part")):
        return "a file half written"
    if not any(data.glob("raw/**/manifest.json")):
        return "nothing"
    if not any(data.glob("processed/**/*.json")):
        return "some raw bars, none processed"
    return "bars processed" if (data / "index.sqlite").exists() else "bars processed, not listed"


class Source:
    """One way to collect, and what it ends in where nothing happens."""

    def __init__(self, lab, name):
        self.lab, self.name = lab, name
        (what, last, self.world) = SOURCES[name]
        self.words = ["collect", *what, "--from", "2020-01-01", "--to", last, "--data", "data", "--quiet"]
        place, world = lab.new(f"{name}-whole"), f"{name}-whole"
        lab.exchange.ask(world, "set", **self.world)
        count = lab.folder / f"{name}.count"
        began = time.monotonic()
        self.must(place, world, FAULT_CALL="write", FAULT_COUNT=str(count))
        self.seconds, self.writes = time.monotonic() - began, int(count.read_text())
        self.requests = int(lab.exchange.ask(world, "count"))
        self.whole = contents(place / "data", lab.exchange.address(world))
        if not any(n.startswith("processed/") for n in self.whole) or not self.whole["index.sqlite"]["datasets"]:
            raise Failure(f"{name} brought nothing home")

    def start(self, place, world, before="", **faults):
        """A collection on its way; its number is in the file `pid` before it does anything."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("STRESSLAB", "MLFLOW"))}
        environment.update(STRESSLAB_PYTHON=str(CCXT), STRESSLAB_TRACKING="none")
        if faults:
            environment.update(LD_PRELOAD=str(self.lab.shim), FAULT_FOLDER=str(place), **faults)
        return subprocess.Popen(
            ["/bin/sh", "-c", 'echo $$ >pid && exec "$@"', "sh", self.lab.program, *self.words,
             "--address", self.lab.exchange.address(world)],
            cwd=place, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def must(self, place, world, **faults):
        process = self.start(place, world, **faults)
        said = process.communicate(timeout=120)[1]
        if process.returncode:
            raise Failure(f"it ends with {process.returncode}: {said.strip()}")

    def killed(self, place, world, kind, draw):
        """Kills a collection; says whether it was killed before its end."""
        faults, query = {}, dict(self.world)
        if kind == "writing":
            faults = dict(FAULT_CALL="write", FAULT_NUMBER=str(draw.randint(1, self.writes)), FAULT_ERROR="torn")
        elif kind == "request":
            query.update(killAt=draw.randint(1, self.requests), pidFile=place / "pid")
        delay = draw.uniform(0, self.seconds) if kind == "moment" else draw.expovariate(500)
        number = draw.randint(1, 12)
        self.lab.exchange.ask(world, "set", **query)
        process = self.start(place, world, **faults)
        if kind == "appearing":
            seen = set(place.rglob("*"))
            while number and process.poll() is None:
                now = set(place.rglob("*"))
                number -= bool(now - seen)
                seen |= now
        if kind in ("moment", "appearing"):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=delay)
            process.kill()
        said = process.communicate(timeout=120)[1]
        if process.returncode not in (0, -signal.SIGKILL, 137):
            raise Failure(f"it ends with {process.returncode}: {said.strip()}")
        return process.returncode != 0

    def case(self, number, kinds):
        """A collection that is killed once or more, and then left alone; returns how each kill came and what it left."""
        draw = random.Random(f"{self.name} {number}")
        place, world = self.lab.new(f"{self.name}-{number}"), f"{self.name}-{number}"
        came = []
        try:
            for kind in kinds:
                if self.killed(place, world, kind, draw):
                    came.append((kind, state(place / "data")))
            self.lab.exchange.ask(world, "set", **self.world)
            self.must(place, world)
            found = contents(place / "data", self.lab.exchange.address(world))
            differing = sorted(n for n in found.keys() | self.whole.keys() if found.get(n) != self.whole.get(n))
            if differing:
                raise Failure(f"afterwards these differ: {differing}")
            verify = [self.lab.program, "data", "verify", "--data", "data"]
            verified = subprocess.run(verify, cwd=place, capture_output=True, text=True)
            if verified.returncode:
                raise Failure(f"`data verify` ends with {verified.returncode}: {verified.stdout}{verified.stderr}")
        except Failure as failure:
            raise Failure(f"{self.name} {number}, killed {came}: {failure}") from None
        return came


class Lab:
    def __init__(self, program, shim, folder, exchange):
        self.program, self.shim, self.folder, self.exchange = os.path.abspath(program), shim, folder, exchange

    def new(self, name):
        place = self.folder / name
        place.mkdir()
        return place

    def helpers(self):
        """Processes that still work in this folder."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if os.readlink(process / "cwd").startswith(str(self.folder)):
                    found.append(process.name)
        return found


def kills(program, shim, folder, least):
    """At least so many kills, spread over the sources; says what came of them."""
    exchange = Exchange()
    try:
        lab = Lab(program, shim, folder, exchange)
        # pip is at work in the environment until it is stamped (.make/python).
        names = [name for name in SOURCES if name != "ccxt" or any(CCXT.parents[1].glob("installed/*"))]
        if "ccxt" not in names:
            if os.environ.get("CI"):
                raise Failure(".venv-ccxt is missing, so that collections by ccxt could not be killed")
            print("\n*** SKIPPED, because .venv-ccxt is missing: kills of a collection by ccxt ***\n", file=sys.stderr)
        came, failures, number = [], [], 0
        # Most of a collection is waiting for the exchange.
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            sources = list(pool.map(lambda name: Source(lab, name), names))
            kinds = ["writing", "moment", "appearing", "request"]
            while len(came) < least and number < 2 * least:
                cases = []
                for _ in sources:
                    source = sources[number % len(sources)]
                    first = number // len(sources) + number
                    cases.append(pool.submit(source.case, number, [kinds[(first + k) % 4] for k in range(1 + number % 3)]))
                    number += 1
                for case in cases:
                    try:
                        came += case.result()
                    except Failure as failure:
                        failures.append(str(failure))
                if failures:
                    break
        if failures:
            raise Failure("\n".join(failures))
        if len(came) < least:
            raise Failure(f"only {len(came)} of {number} collections were killed before their end")
        left = collections.Counter(what for _, what in came)
        if least >= 40 and not {"nothing", "some raw bars, none processed", "a file half written"} <= left.keys():
            raise Failure(f"the kills fell on too few moments: {dict(left)}")
        deadline = time.monotonic() + 15
        while (helpers := lab.helpers()) and time.monotonic() < deadline:
            time.sleep(0.1)
        if helpers:
            raise Failure(f"processes are left of collections that were killed: {helpers}")
        ways = ", ".join(f"{count} {kind}" for kind, count in sorted(collections.Counter(k for k, _ in came).items()))
        print(f"{len(came)} kills of {number} collections by {', '.join(names)} ({ways}) left "
              + ", ".join(f"{what} ({count})" for what, count in left.most_common())
              + "; run again, each ended in the bytes of one that nothing has happened to")
    finally:
        exchange.close()


def main():
    arguments = argparse.ArgumentParser(description="Kills collections, and sees that they go on to the same bytes.")
    arguments.add_argument("program")
    arguments.add_argument("--compiler", default="cc")
    arguments.add_argument("--kills", type=int, default=60)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(os.path.realpath(folder))
        shim = folder / "faults.so"
        subprocess.run([chosen.compiler, "-O1", "-shared", "-fPIC", "-o", shim, ROOT / ".make/faults.c", "-ldl"], check=True)
        kills(chosen.program, shim, folder, chosen.kills)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"FAILED  {failure}")
