"""Makes calls of the system fail in runs, trainings, the same resumed, reports and collections, and sees that nothing is lost.

    python3 .make/faults.py .build/release/stresslab --compiler cc [--some]

Each fault is one call (a write, a sync, a rename, an open, a removal) of one process that fails, once or from then on, or
that writes half of its bytes, or after which the process is gone (.make/faults.c, preloaded). The command must then end
with exit code 74 and one sentence that names the fault, or not be hurt by it; the same command without the fault, with
--resume, must end in the very bytes of a run or training that nothing has happened to. Inputs that the system fails to read are no
mistakes in them. Then the same on a disk that is really full, on one that may not be written to, and under the system's own
limits. Last, collections are killed at random moments (collecting.py). --some does a few of each, for `make test`.
"""

import argparse
import concurrent.futures
import contextlib
import datetime
import errno
import hashlib
import itertools
import os
import pathlib
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import collecting
from collecting import Failure

ROOT = pathlib.Path(__file__).resolve().parents[1]
RUN = ["run", "../documents/study.json", "--tile", "8", "--threads", "2", "--quiet", "--out", "out"]
REPORT = ["report", "out", "--quiet"]
TRAIN = ["train", "../documents/training.json", "--threads", "2", "--quiet", "--out", "out"]
IMPORT = ["import", "../documents/bars.csv", "--as", "mine", "--data", "data"]
PROCESS = ["data", "process", "mine", "--data", "data"]
KEEP = ["features", "data:mine", "--columns", "close,SMA_3", "--as", "small", "--data", "data"]
# Two months of hours, and then a third one.
COLLECT = ["collect", "binance", "BTC/USDT", "1h", "--from", "2020-01-01", "--data", "data", "--quiet", "--to", "2020-02-29"]
COLLECT_ON = COLLECT[:-1] + ["2020-03-31"]
BARS = "time,asset,open,high,low,close,volume\n" + "".join(
    f"{datetime.date(2024, 1, 1) + datetime.timedelta(day)},AAA,100,102,99,{100 + day % 2},5\n" for day in range(80))
SCENARIO = """{ "stresslab": "scenario/1", "title": "Small",
  "clock": { "step": "30m", "length": "6.5h", "warmup": "2h", "start": "2024-01-03",
    "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
  "assets": { "AAA": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.4 },
    "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1e7, "depthTo1Percent": 1e5, "refillHalfLife": "20s" } } },
  "venue": { "takerFeeBps": 1, "initialMargin": 0.125, "maintenanceMargin": 0.05 },
  "events": { "crash": { "model": "flashCrash", "asset": "AAA", "start": { "between": ["1h", "2h"] },
    "drop": { "low": 0.05, "typical": 0.15, "high": 0.3 }, "fall": { "duration": "30m" },
    "recovery": { "fraction": 0.5, "halfLife": "1h" }, "multipliers": { "volatility": 3, "halfLife": "1h" } } } }"""
STUDY = """{ "stresslab": "study/1", "title": "Faults", "scenarios": ["small.json"], "severities": [0, 1],
  "panel": { "hold": { "model": "buyAndHold", "leverage": 6 } }, "risk": { "none": { "rules": {} } },
  "monteCarlo": { "paths": 48, "seed": 7 } }"""
TRAINING = """{ "stresslab": "training/1", "title": "Faults", "scenarios": [{ "file": "small.json" }],
  "observations": [{ "model": "leverage" }, { "model": "position" }], "mandate": { "leverage": 2 }, "hidden": [4],
  "hyperparameters": { "totalSteps": 1024, "environments": 16, "rolloutSteps": 8, "minibatch": 64, "epochs": 1 },
  "validation": { "paths": 8, "every": 2 } }"""
HISTORY = """{ "stresslab": "scenario/1", "title": "Recorded",
  "clock": { "step": "1d", "length": "10d", "warmup": "60d", "start": "2024-01-03",
    "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
  "history": { "model": "stationaryBootstrap", "file": "bars.csv", "columns": { "time": "time", "asset": "asset" },
    "meanBlock": "5d" },
  "assets": { "AAA": { "price": 100, "history": "AAA",
    "liquidity": { "halfSpreadBps": 1, "depthTo1Percent": 1e5, "refillHalfLife": "20s" } } },
  "venue": { "takerFeeBps": 1, "initialMargin": 0.5, "maintenanceMargin": 0.05 } }"""
WORDS = {
    errno.ENOSPC: ["the disk is full"], errno.EIO: ["input/output error"], errno.EDQUOT: ["disk quota"],
    errno.EMFILE: ["too many open files"], errno.ENFILE: ["too many open files"], errno.ENOMEM: ["no memory"],
    errno.EROFS: ["read-only"],
    # SQLite opens a file for reading alone where it may not write.
    errno.EACCES: ["permission is denied", "read-only"], errno.EFBIG: ["larger than the system allows"],
}
# What can happen to a call; True: to all after it too.
FAULTS = {
    "write": [(errno.ENOSPC, False), (errno.ENOSPC, True), (errno.EIO, False), (errno.EIO, True), (errno.EDQUOT, True),
              ("short", False), ("torn", False)],
    "sync": [(errno.EIO, False), (errno.EIO, True), ("torn", False)],
    "rename": [(errno.ENOSPC, False), (errno.EIO, True), ("torn", False)],
    "open": [(errno.EMFILE, False), (errno.EMFILE, True), (errno.ENOMEM, False), (errno.EACCES, True),
             (errno.EROFS, True), ("torn", False)],
    "remove": [(errno.EIO, False), ("torn", False)],
}
# What can happen to the reading of what an earlier command has collected.
READING = {"read": [(errno.EIO, False), (errno.EIO, True), (errno.ENOMEM, False)]}


class Bench:
    """Where the program is put through faults."""

    def __init__(self, program, shim, folder, exchange):
        self.program, self.shim, self.folder = os.path.abspath(program), shim, folder
        collect, collect_on = (words + ["--address", exchange.address("faults")] for words in (COLLECT, COLLECT_ON))
        documents = self.new("documents")
        (documents / "small.json").write_text(SCENARIO)
        (documents / "study.json").write_text(STUDY)
        (documents / "training.json").write_text(TRAINING)
        (documents / "bars.csv").write_text(BARS)
        self.empty = self.new("empty")
        self.reference, self.unfinished = self.prepared("run", RUN)
        trained, half_trained = self.prepared("train", TRAIN)
        self.whole, whole_training = self.result(self.reference), self.result(trained)
        imported, kept = self.new("whole-import"), self.new("whole-features")
        self.must(imported, IMPORT)
        for command in (IMPORT, KEEP):
            self.must(kept, command)
        collected, half_collected = self.prepared("collect", collect)
        more = self.copy(collected, "whole-collect-on")
        self.must(more, collect_on)
        # Of each phase: where it starts, what is called, what it must end in, and what goes on after a fault.
        self.phases = {
            "run": (self.empty, RUN, self.whole, RUN + ["--resume"]),
            "resume": (self.unfinished, RUN + ["--resume"], self.whole, RUN + ["--resume"]),
            "report": (self.reference, REPORT, self.whole, REPORT),
            "train": (self.empty, TRAIN, whole_training, TRAIN + ["--resume"]),
            "resume training": (half_trained, TRAIN + ["--resume"], whole_training, TRAIN + ["--resume"]),
            "import": (self.empty, IMPORT, self.result(imported), IMPORT),
            "process": (imported, PROCESS, self.result(imported), PROCESS),
            "features": (imported, KEEP, self.result(kept), KEEP),
            "collect": (self.empty, collect, self.result(collected), collect),
            "resume collecting": (half_collected, collect, self.result(collected), collect),
            "collect more": (collected, collect_on, self.result(more), collect_on),
        }

    def prepared(self, name, command):
        """Two folders: one in which a command has ended well, and one in which it was torn apart."""
        whole, unfinished = self.new(f"whole-{name}"), self.new(f"torn-{name}")
        self.must(whole, command)
        count = self.count(self.new(f"counted-{name}"), command, "write")
        code, _ = self.run(unfinished, command, call="write", number=count // 3, error="torn")
        if code != 137:
            raise Failure(f"{name}, torn apart, ends with {code}")
        return whole, unfinished

    def new(self, name):
        folder = self.folder / name
        folder.mkdir()
        return folder

    def copy(self, source, name):
        folder = self.folder / name
        shutil.copytree(source, folder)
        return folder

    def run(self, folder, command, call="", number=0, error=0, lasts=False, count=None, limits=None):
        # Runs keep their record in the folder where they are run: it fails with all else.
        environment = {k: v for k, v in os.environ.items() if k not in ("STRESSLAB_TRACKING", "MLFLOW_TRACKING_URI")}
        environment.update(
            LD_PRELOAD=str(self.shim), FAULT_FOLDER=str(folder), FAULT_CALL=call, FAULT_NUMBER=str(number),
            FAULT_ERROR=str(error), FAULT_LASTS="1" if lasts else "0", FAULT_COUNT=str(count or ""))
        done = subprocess.run(
            [self.program, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120,
            preexec_fn=limits)
        return done.returncode, done.stderr

    def must(self, folder, command):
        code, said = self.run(folder, command)
        if code:
            raise Failure(f"{' '.join(command)} ends with {code}: {said}")

    def count(self, folder, command, call):
        """How many calls of a kind a command makes."""
        file = self.folder / f"{folder.name}.count"
        code, said = self.run(folder, command, call=call, count=file)
        if code:
            raise Failure(f"{' '.join(command)} ends with {code}: {said}")
        return int(file.read_text())

    def result(self, folder):
        """The files that a command has left, but for the store, whose bytes may lie in another order."""
        out = folder / "out"
        if (folder / "data").is_dir():
            return collecting.contents(folder / "data")
        files = {str(f.relative_to(out)): f.read_bytes() for f in out.rglob("*") if f.is_file()}
        store, seal = files.pop("results.sqlite", None), files.pop("results.sha256", b"")
        if seal and hashlib.sha256(store).hexdigest().encode() not in seal:
            raise Failure("results.sha256 is not the store's")
        for name in files:
            if name.endswith("training.csv"):
                # The last column says how fast an update was.
                files[name] = [line.rsplit(b",", 1)[0] for line in files[name].splitlines()]
        return files

    def recorded(self, folder):
        """Sees that the record of runs is whole, and that the last command is on it once, as finished."""
        with contextlib.closing(sqlite3.connect(folder / "tracking/tracking.sqlite")) as store:
            check = store.execute("PRAGMA integrity_check").fetchone()[0]
            place = os.path.realpath(folder)
            runs = store.execute("SELECT status FROM runs WHERE parent IS NULL ORDER BY number").fetchall()
        if check != "ok" or not runs or runs[-1][0] != "FINISHED":
            raise Failure(f"the record of runs in {place}: {check}, {runs}")
        if len(runs) > 1:
            raise Failure(f"one run that went on is {len(runs)} on record: {runs}")

    def compare(self, folder, whole=None):
        found, whole = self.result(folder), whole or self.whole
        if found != whole:
            names = sorted(n for n in found.keys() | whole.keys() if found.get(n) != whole.get(n))
            raise Failure(f"afterwards these differ: {names}")

    def said(self, code, text, errors, has_passed=False):
        """Sees that a command ended well, or said in one sentence what the system refused."""
        if code == 0:
            return
        # A file that somebody names and may not read is another's fault.
        if code == 2 and errno.EACCES in errors and "it can't be read" in text:
            return
        if code != 74:
            raise Failure(f"exit code {code}: {text.strip()}")
        lines = text.strip().splitlines()
        # SQLite does not say why it could not open a file, and afterwards nobody can find out what has passed.
        words = [word for number in errors for word in WORDS[number]] + ["the system does not open it"] * has_passed
        if len(lines) != 1 or not any(word in lines[0] for word in words):
            raise Failure(f"it says: {text.strip()}")

    def injected(self, number, phase, call, which, error, lasts):
        """One fault; returns what it came to."""
        start, command, whole, going_on = self.phases[phase]
        folder = self.copy(start, f"case{number}")
        try:
            if phase == "report":
                (folder / "out/charts/mine.svg").write_text("mine")
            code, text = self.run(folder, command, call=call, number=which, error=error, lasts=lasts)
            if error in ("short", "torn"):
                if code not in (0, 137 if error == "torn" else 0):
                    raise Failure(f"exit code {code}: {text.strip()}")
            else:
                self.said(code, text, [error], has_passed=call == "open" and not lasts)
            if phase == "report":
                page = (folder / "out/index.html").read_bytes()
                if page != self.whole["index.html"]:
                    raise Failure("the page is neither the old nor the new one")
                self.must(folder, REPORT)
                mine = folder / "out/charts/mine.svg"
                if not mine.exists() or mine.read_text() != "mine":
                    raise Failure("a chart of the user's own is gone")
                mine.unlink()
            else:
                self.must(folder, going_on)
                if command[0] in ("run", "train"):
                    self.recorded(folder)
            self.compare(folder, whole)
            return "unhurt" if code == 0 else "said" if code in (2, 74) else "killed"
        except Failure as failure:
            raise Failure(f"{phase}, {call} {which}, {error}{' and on' if lasts else ''}: {failure}") from None
        finally:
            shutil.rmtree(folder)


def injections(bench, most):
    """The faults, spread over the calls of each kind and phase."""
    draw = random.Random(9)
    cases = []
    for phase, (start, command, _, _) in bench.phases.items():
        for call, faults in (FAULTS | (READING if phase.endswith(("collecting", "more")) else {})).items():
            count = bench.count(bench.copy(start, f"count-{phase}-{call}"), command, call)
            for error, lasts in faults:
                numbers = range(1, count + 1)
                share = 3 * len(numbers) // 4 if count < 8 else 10 if call == "write" else 6
                cases += [(phase, call, which, error, lasts) for which in draw.sample(numbers, min(share, len(numbers)))]
    return draw.sample(cases, min(most, len(cases)))


def limits(bench):
    """The system's own limits: the size of a file, and how many may be open."""
    for kind, sizes, words in [(resource.RLIMIT_FSIZE, [4_000, 30_000, 60_000, 120_000, 200_000], [errno.EFBIG]),
                               (resource.RLIMIT_NOFILE, [5, 7, 8, 9], [errno.EMFILE])]:
        for size in sizes:
            folder = bench.new(f"limit{kind}-{size}")
            try:
                code, text = bench.run(folder, RUN, limits=lambda: resource.setrlimit(kind, (size, size)))
                bench.said(code, text, words)
                bench.must(folder, RUN + ["--resume"])
                bench.compare(folder)
            except Failure as failure:
                raise Failure(f"limit {kind} at {size}: {failure}") from None
    print("the limits of file size and open files are named, and --resume goes on")


def mount(*words):
    done = subprocess.run(["mount", *words], capture_output=True, text=True)
    if done.returncode:
        raise Failure(f"mount {' '.join(words)}: {done.stderr}")


def disk(bench):
    """A real disk that is full, and one that is read-only: in memory, mounted where only this process sees it."""
    for pages in [4, 24, 40, 60, 100]:
        folder = bench.new(f"disk{pages}")
        out = folder / "out"
        out.mkdir()
        mount("-t", "tmpfs", "-o", f"size={pages * 4096 + 20_000}", "tmpfs", str(out))
        try:
            code, text = bench.run(folder, RUN)
            if code == 0:
                raise Failure("the disk is not full")
            bench.said(code, text, [errno.ENOSPC])
            mount("-o", "remount,size=64m", str(out))
            bench.must(folder, RUN + ["--resume"])
            bench.compare(folder)
            mount("-o", "remount,ro", str(out))
            for command in (RUN + ["--resume"], REPORT):
                code, text = bench.run(folder, command)
                if code == 0:
                    raise Failure("a disk that is read-only was written to")
                bench.said(code, text, [errno.EROFS])
            bench.compare(folder)
        except Failure as failure:
            raise Failure(f"a disk of {pages} pages: {failure}") from None
        finally:
            subprocess.run(["umount", str(out)], check=True)
    # A collection comes to the end of these among its pages, its processed bars, and its index.
    for name, pages in [*itertools.product(["import"], [0, 1, 2, 4]), *itertools.product(["collect"], [0, 6, 30, 46, 49, 51])]:
        _, command, whole, _ = bench.phases[name]
        folder = bench.new(f"{name}-disk{pages}")
        data = folder / "data"
        data.mkdir()
        mount("-t", "tmpfs", "-o", f"size={pages * 4096 + 4096}", "tmpfs", str(data))
        try:
            code, text = bench.run(folder, command)
            if code == 0:
                raise Failure("the disk is not full")
            bench.said(code, text, [errno.ENOSPC])
            mount("-o", "remount,size=64m", str(data))
            bench.must(folder, command)
            bench.compare(folder, whole)
            if name == "collect":
                mount("-o", "remount,ro", str(data))
                code, text = bench.run(folder, bench.phases["collect more"][1])
                if code == 0:
                    raise Failure("a disk that is read-only was written to")
                bench.said(code, text, [errno.EROFS])
                bench.compare(folder, whole)
        except Failure as failure:
            raise Failure(f"a disk of {pages} pages for {name}: {failure}") from None
        finally:
            subprocess.run(["umount", str(data)], check=True)
    print("fifteen disks that were full, and read-only ones, are named, and the next command goes on")


def disk_of_record(bench):
    """The same for the record of runs, which costs a run no more than a line."""
    for pages in [0, 2, 20, 34, 44]:
        folder = bench.new(f"record{pages}")
        record = folder / "tracking"
        record.mkdir()
        mount("-t", "tmpfs", "-o", f"size={max(pages, 1) * 4096}", "tmpfs", str(record))
        try:
            if not pages:
                mount("-o", "remount,ro", str(record))
            code, text = bench.run(folder, RUN)
            lines = text.strip().splitlines()
            if code or len(lines) != 1 or not lines[0].startswith("Not on record: "):
                raise Failure(f"exit code {code}: {text}")
            if not any(word in text for number in (errno.ENOSPC, errno.EROFS) for word in WORDS[number]):
                raise Failure(text)
            bench.compare(folder)
            mount("-o", "remount,rw,size=64m", str(record))
            bench.must(folder, RUN + ["--resume"])
            bench.recorded(folder)
        except Failure as failure:
            raise Failure(f"a record's disk of {pages} pages: {failure}") from None
        finally:
            subprocess.run(["umount", str(record)], check=True)
    print("a record whose disk is full or read-only costs a run one line; the next one finds it whole")


def readings(bench):
    """Every opening and reading of an input fails in turn: that is no mistake in it, and nothing is written."""
    folder = bench.new("inputs")
    (folder / "small.json").write_text(SCENARIO)
    (folder / "other.json").write_text('{ "extends": "small.json", "title": "Other" }')
    (folder / "study.json").write_text(STUDY.replace("small.json", "other.json"))
    (folder / "bars.csv").write_text(BARS)
    (folder / "history.json").write_text(HISTORY)
    written = bench.new("written")
    faults = 0
    for command in (["validate", "study.json"],
                    ["run", "study.json", "--quiet", "--out", "../written/out", "--tracking", "../written/tracking"],
                    ["validate", "history.json"],
                    ["features", "bars.csv", "--columns", "close", "--out", "../written/features.csv"],
                    ["fit", "bars.csv", "--process", "gbm"], ["preview", "small.json"]):
        for call, errors in ("open", [errno.EMFILE, errno.ENFILE, errno.ENOMEM]), ("read", [errno.EIO, errno.ENOMEM]):
            calls = bench.count(folder, command, call)
            for path in written.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            for number, error in itertools.product(range(1, calls + 1), errors):
                code, text = bench.run(folder, command, call=call, number=number, error=error)
                where = f"{' '.join(command)}, {call} {number}, {errno.errorcode[error]}"
                if code != 74 or not any(word in text for word in WORDS[error]):
                    raise Failure(f"{where}: exit code {code}: {text.strip()}")
                if any(written.iterdir()):
                    raise Failure(f"{where}: something was written")
                faults += 1
    if faults < 40:
        raise Failure(f"only {faults} readings failed")
    print(f"{faults} inputs that the system failed to read are named, with exit code 74")


def main():
    arguments = argparse.ArgumentParser(description="Makes calls of the system fail, and sees that nothing is lost.")
    arguments.add_argument("program")
    arguments.add_argument("--compiler", default="cc")
    arguments.add_argument("--some", action="store_true", help="a few of each, for make test")
    arguments.add_argument("--disk", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(os.path.realpath(stack.enter_context(tempfile.TemporaryDirectory())))
        shim = folder / "faults.so"
        subprocess.run([chosen.compiler, "-O1", "-shared", "-fPIC", "-o", shim, ROOT / ".make/faults.c", "-ldl"], check=True)
        exchange = stack.enter_context(contextlib.closing(collecting.Exchange()))
        bench = Bench(chosen.program, shim, folder, exchange)
        if chosen.disk:
            disk(bench)
            disk_of_record(bench)
            return 0
        cases = injections(bench, 30 if chosen.some else 550)
        outcomes = {}
        failures = []
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            jobs = [pool.submit(bench.injected, number, *case) for number, case in enumerate(cases)]
            for job in jobs:
                try:
                    outcome = job.result()
                    outcomes[outcome] = outcomes.get(outcome, 0) + 1
                except Failure as failure:
                    failures.append(str(failure))
        for failure in failures:
            print(f"FAILED  {failure}")
        if not chosen.some and len(cases) < 500:
            raise Failure(f"only {len(cases)} faults")
        print(f"{len(cases)} faults: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
              + f", {len(failures)} failed; the others ended in the bytes of a run that nothing has happened to")
        limits(bench)
        readings(bench)
        collecting.kills(chosen.program, shim, bench.new("kills"), 5 if chosen.some else 60)
    if subprocess.run(["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True).returncode:
        print("\n*** SKIPPED, because no disk can be mounted here: a disk that is really full ***\n", file=sys.stderr)
    else:
        done = subprocess.run(["unshare", "-Urm", sys.executable, *sys.argv, "--disk"])
        if done.returncode:
            return done.returncode
    return 1 if failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"FAILED  {failure}")
