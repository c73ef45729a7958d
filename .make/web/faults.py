"""Kills the server and its jobs while runs are in flight, fills its disk, and sees that no job is lost and none is done twice.

    python3 .make/web/faults.py .build/release/stresslab [--moments 100] [--seed 1]

A moment is the n-th line that jobs have told; then the server, a job's process or both get SIGKILL, and the server starts again.
Whoever ordered the runs orders them again with the same keys, as a client does that has heard nothing. In the end each run
has to be there once, its report in the bytes of a run that nothing has happened to, and the stores whole.
"""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from lab import Failure, Server

RUNS = 3
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
  "monteCarlo": { "paths": 20000, "seed": 7 } }"""


def documents(folder):
    """A workspace with one small study."""
    (folder / "scenarios").mkdir(parents=True)
    (folder / "scenarios/small.json").write_text(SCENARIO)
    (folder / "scenarios/study.json").write_text(STUDY)
    return folder


def lines(folder):
    """How many lines jobs have told."""
    count = 0
    for file in folder.glob(".stresslab/jobs/*/events.jsonl"):
        with contextlib.suppress(FileNotFoundError):
            count += file.read_bytes().count(b"\n")
    return count


def order(server, number):
    """Orders a run; again with the same key it is the same job."""
    body = {"documents": ["scenarios/study.json"], "seed": number, "folder": f"r{number}"}
    return server.need(202, "POST", "/api/v1/runs", body, {"Idempotency-Key": f"key-{number}"})["id"]


def report(folder, number):
    """The files of a run's report, as a digest each; the store by what it seals."""
    out = folder / f"reports/r{number}"
    files = {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}
    store, seal = files.pop("results.sqlite", None), files.pop("results.sha256", b"")
    if store is None or hashlib.sha256(store).hexdigest().encode() not in seal:
        raise Failure(f"{out} has no store that its seal fits")
    return {name: hashlib.sha256(contents).hexdigest() for name, contents in files.items()}


def whole(store):
    with contextlib.closing(sqlite3.connect(store)) as opened:
        found = opened.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Failure(f"{store}: {found}")


def finish(server, ids):
    """Waits until all jobs are over; those whose process was killed are gone on with."""
    for job in ids:
        found = server.wait(job)
        while found["state"] == "failed" and found["resumable"] and "SIGKILL" in (found["message"] or ""):
            server.need(200, "POST", f"/api/v1/jobs/{job}/resume", {})
            found = server.wait(job)
        if found["state"] != "finished" or found["exit"] != 0:
            raise Failure(f"a job does not finish: {found}, {server.need(200, 'GET', f'/api/v1/jobs/{job}/log')}")


def judge(folder, server, ids, expected, kills):
    """That each run is there once, whole, and in its bytes."""
    jobs = server.jobs()
    if sorted(job["id"] for job in jobs) != sorted(ids) or len(set(ids)) != RUNS:
        raise Failure(f"{len(jobs)} jobs of {RUNS}: {jobs}")
    for job in jobs:
        if job["attempts"] > 1 + 2 * kills or job["started"] is None or job["ended"] is None:
            raise Failure(f"a job of {job['attempts']} attempts: {job}")
        told = (folder / f".stresslab/jobs/{job['id']}/events.jsonl").read_text().splitlines()
        events = [json.loads(line)["event"] for line in told]
        if events[-1] != "ended":
            raise Failure(f"a job ends with {events[-1]}")
    if (found := sorted(path.name for path in (folder / "reports").iterdir())) != [f"r{n}" for n in range(RUNS)]:
        raise Failure(f"reports: {found}")
    for number in range(RUNS):
        found = report(folder, number)
        if expected is not None and found != expected[number]:
            names = sorted(name for name in found.keys() | expected[number].keys()
                           if found.get(name) != expected[number].get(name))
            raise Failure(f"r{number} differs from a run that nothing has happened to in {names}")
        whole(folder / f"reports/r{number}/results.sqlite")
    whole(folder / ".stresslab/jobs.sqlite")


def undisturbed(program, folder):
    """The reports of runs that nothing happens to, and how many lines they told."""
    with Server(program, documents(folder), "--jobs", "2") as server:
        ids = [order(server, number) for number in range(RUNS)]
        finish(server, ids)
        judge(folder, server, ids, None, 0)
        if server.stop() != 0:
            raise Failure(f"the server ends with {server.process.returncode}: {server.said[-3:]}")
    return [report(folder, number) for number in range(RUNS)], lines(folder)


def killed(program, folder, seed, kills, expected, total):
    """Some kills of one workspace's servers and jobs; gives how often what was killed with jobs in flight."""
    draw = random.Random(seed)
    counts = {"server": 0, "job": 0, "both": 0, "in flight": 0}
    documents(folder)
    for _ in range(kills):
        with Server(program, folder, "--jobs", "2") as server:
            ids = [order(server, number) for number in range(RUNS)]
            goal = lines(folder) + draw.randint(0, max(1, total // 2))
            what = draw.choice(["server", "server", "job", "both"])
            while lines(folder) < goal and any(job["state"] in ("queued", "running") for job in server.jobs()):
                pass
            children = server.children()
            counts[what] += 1
            counts["in flight"] += bool(children)
            if what != "server":
                for child in children:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(child, signal.SIGKILL)
            if what == "job":
                # The server says what happened: the job is over, or goes on.
                for job in ids:
                    found = server.need(200, "GET", f"/api/v1/jobs/{job}")
                    if found["state"] not in ("queued", "running", "finished", "failed"):
                        raise Failure(f"seed {seed}: a job whose process was killed is {found}")
                if draw.random() < 0.5:
                    finish(server, ids)
            server.kill()
            for child in children:
                end = time.monotonic() + 20
                while pathlib.Path(f"/proc/{child}").exists() and time.monotonic() < end:
                    time.sleep(0.01)
    try:
        with Server(program, folder, "--jobs", "2") as server:
            ids = [order(server, number) for number in range(RUNS)]
            finish(server, ids)
            judge(folder, server, ids, expected, kills)
            if any(status >= 500 for status in server.requests()):
                raise Failure(f"answers: {server.requests()}")
            if server.stop() != 0:
                raise Failure(f"the server ends with {server.process.returncode}: {server.said[-3:]}")
    except Failure as failure:
        raise Failure(f"seed {seed}: {failure}") from None
    return counts


def disk(program, folder):
    """A disk that is full: what writes is refused with the reason, what reads is answered, and later all goes on."""
    lab = folder / "disk"
    lab.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(lab)], capture_output=True, text=True)
    if done.returncode:
        raise Failure(f"mount: {done.stderr}")
    try:
        documents(lab)
        told = []
        with Server(program, lab) as server:
            ids = [order(server, 0)]
            finish(server, ids)
            first = report(lab, 0)
            shutil.rmtree(lab / "reports/r0")
            filler = lab / "filler"
            with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
                while True:
                    file.write(b"\0" * 4096)
            status, _, answer = server.ask("PUT", "/api/v1/documents/scenarios%2Fnew.json", {"text": SCENARIO},
                                           {"If-None-Match": "*"})
            if status != 507 or "disk is full" not in answer["error"]["message"]:
                raise Failure(f"a document on a full disk: {status} {answer}")
            if (lab / "scenarios/new.json").exists():
                raise Failure("half a document is there")
            told.append("a document 507")
            body = {"documents": ["scenarios/study.json"], "seed": 0, "folder": "r0"}
            status, _, answer = server.ask("POST", "/api/v1/runs", body, {"Idempotency-Key": "second"})
            if status in (503, 507):
                told.append(f"a run {status}")
                if "disk" not in answer["error"]["message"] and "space" not in answer["error"]["message"]:
                    raise Failure(f"a run on a full disk gives no reason: {answer}")
            elif status == 202:
                # The database's own file had room; the run itself cannot.
                time.sleep(3)
                found = server.need(200, "GET", f"/api/v1/jobs/{answer['id']}")
                if found["state"] == "finished":
                    raise Failure(f"a run on a full disk: {found}")
                told.append(f"a run that was taken is {found['state']}")
            else:
                raise Failure(f"a run on a full disk: {status} {answer}")
            for path in ("/healthz", "/api/v1/jobs", "/api/v1/documents", "/metrics", "/"):
                server.need(200, "GET", path)
            filler.unlink()
            server.need(201, "PUT", "/api/v1/documents/scenarios%2Fnew.json", {"text": SCENARIO}, {"If-None-Match": "*"})
            job = server.need(202, "POST", "/api/v1/runs", body, {"Idempotency-Key": "second"})["id"]
            found = server.wait(job)
            if found["state"] == "failed":
                server.need(200, "POST", f"/api/v1/jobs/{job}/resume", {})
                found = server.wait(job)
            if found["state"] != "finished" or report(lab, 0) != first:
                raise Failure(f"after a full disk a run is {found}")
            whole(lab / ".stresslab/jobs.sqlite")
            if len(server.jobs()) != 2:
                raise Failure(f"{len(server.jobs())} jobs of 2")
        print(f"a full disk: {', '.join(told)}; with room again all goes on, in the same bytes", flush=True)
    finally:
        subprocess.run(["umount", str(lab)], check=False)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("--moments", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--disk", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(os.path.realpath(folder))
        if chosen.disk:
            return disk(chosen.program, folder)
        expected, total = undisturbed(chosen.program, folder / "undisturbed")
        if total < 4 * RUNS:
            raise Failure(f"jobs tell only {total} lines")
        sums = {}
        moments, seed = 0, chosen.seed
        while moments < chosen.moments:
            kills = min(random.Random(seed).randint(1, 4), chosen.moments - moments)
            counts = killed(chosen.program, folder / f"seed{seed}", seed, kills, expected, total)
            for name, count in counts.items():
                sums[name] = sums.get(name, 0) + count
            moments += kills
            shutil.rmtree(folder / f"seed{seed}")
            seed += 1
        if subprocess.run(["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True).returncode:
            print("\n*** SKIPPED, because no disk can be mounted here: a disk of the server that is really full ***\n",
                  file=sys.stderr)
        else:
            done = subprocess.run(["unshare", "-Urm", sys.executable, *sys.argv, "--disk"])
            if done.returncode:
                return done.returncode
        print(f"{moments} kills ({sums['server']} of the server, {sums['job']} of jobs, {sums['both']} of both; "
              f"{sums['in flight']} with jobs in flight): all of {RUNS * (seed - chosen.seed)} jobs finished once, in the bytes of "
              f"jobs that nothing has happened to, stores whole, in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"FAILED  {failure}")
