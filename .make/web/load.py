"""How fast the server is: small reads with wrk, alone and beside a study, how soon events come, and whether its memory grows.

    python3 .make/web/load.py .build/release/stresslab [--minutes 10]

Goals, on two cores over the loopback: 5,000 reads a second or more; 99 of 100 within 20 ms while a study runs; an event within
200 ms; memory flat. The machine should do nothing else meanwhile; what it did is said.
"""

import argparse
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

from lab import Failure, Server, workspace

READS = {
    "health": "/healthz", "a job": "/api/v1/jobs/JOB", "jobs": "/api/v1/jobs?limit=5",
    "a document": "/api/v1/documents/scenarios%2Fstudies%2Fgate.json", "a report": "/api/v1/reports/quick",
}
LATENCY = """
done = function(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), latency.max, summary.errors.status, summary.errors.timeout,
    summary.errors.connect + summary.errors.read + summary.errors.write))
end
"""


def wrk(server, path, folder, seconds, connections):
    """Reads a second, and milliseconds within which half and 99 of 100 are answered."""
    script = folder / "latency.lua"
    script.write_text(LATENCY)
    done = subprocess.run(
        ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "-s", script, f"{server.address}{path}"],
        capture_output=True, text=True)
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if not found:
        raise Failure(f"wrk: {done.stdout} {done.stderr}")
    requests, duration, half, most, longest, refused, late, broken = map(int, found.groups())
    if refused or broken:
        raise Failure(f"{path}: of {requests} answers {refused} are failures, {broken} broke off: {server.requests()}")
    if late:
        print(f"{path}: {late} of {requests} answers took over 2 s", flush=True)
    return requests / (duration / 1e6), half / 1000, most / 1000


def busy():
    """The share of the machine's time that it worked, since it was started, in ticks."""
    numbers = [int(word) for word in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return sum(numbers) - numbers[3] - numbers[4], sum(numbers)


def others(seconds=2):
    """How much of the machine others take, of 1, while the server does nothing."""
    first = busy()
    time.sleep(seconds)
    second = busy()
    return (second[0] - first[0]) / max(1, second[1] - first[1])


def delivery(server, job, events, seconds):
    """How late events come, in seconds: from when a line lies in the job's file until a follower has it."""
    late = []
    ready = threading.Event()

    def follow():
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(f"GET /api/v1/jobs/{job}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            connection.settimeout(seconds + 30)
            found = b""
            ready.set()
            end = time.monotonic() + seconds
            place = 0
            while time.monotonic() < end:
                block = connection.recv(65536)
                now = time.time()
                if not block:
                    return
                found += block
                for match in re.finditer(rb"id: (\d+)\n", found):
                    offset = int(match[1])
                    if offset in written:
                        late.append(now - written.pop(offset))
                    place = match.end()
                found = found[place:]
                place = 0

    written = {}
    thread = threading.Thread(target=follow)
    thread.start()
    ready.wait()
    known = events.stat().st_size
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        size = events.stat().st_size
        if size != known:
            # Before who follows can know of it: the time is told at the latest when it is seen here.
            written[size] = time.time()
            known = size
        time.sleep(0.0005)
    thread.join(seconds + 40)
    if len(late) < 3:
        raise Failure(f"only {len(late)} events in {seconds} s")
    late.sort()
    return len(late), late[len(late) // 2], late[-1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("--minutes", type=float, default=10, help="how long the memory is watched")
    arguments.add_argument("--seconds", type=int, default=8, help="how long each read is asked for")
    arguments.add_argument("--report", action="store_true", help="tell what misses its goal, and fail for nothing")
    chosen = arguments.parse_args()
    if not shutil.which("wrk"):
        raise Failure("wrk is missing")
    missed = []

    def goal(fact, words):
        if not fact:
            missed.append(words)

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with Server(chosen.program, workspace(folder / "lab")) as server:
            share = others()
            print(f"{os.cpu_count()} cores, of which others take {share:.0%}", flush=True)
            first = server.need(202, "POST", "/api/v1/runs", {"documents": ["scenarios/flash-crash.json"], "paths": 200,
                                                              "folder": "quick"})["id"]
            if server.wait(first)["state"] != "finished":
                raise Failure(f"a run does not finish: {server.jobs()[0]}")
            rates, waits = {}, {}
            for name, path in READS.items():
                rate, half, most = wrk(server, path.replace("JOB", first), folder, chosen.seconds, 16)
                rates[name] = rate
                print(f"{name:12} {rate:8.0f} reads a second, half within {half:.2f} ms, 99 of 100 within {most:.2f} ms",
                      flush=True)
                goal(rate >= 5000, f"{name}: {rate:.0f} reads a second")
            study = server.need(202, "POST", "/api/v1/runs", {"documents": ["scenarios/flash-crash.json"],
                                                              "paths": 10_000_000, "folder": "long"})["id"]
            events = server.folder / f".stresslab/jobs/{study}/events.jsonl"
            while not events.exists() or events.read_bytes().count(b"\n") < 3:
                time.sleep(0.1)
            for name, path in READS.items():
                rate, half, most = wrk(server, path.replace("JOB", first), folder, chosen.seconds, 16)
                waits[name] = most
                print(f"{name:12} {rate:8.0f} beside a study, half within {half:.2f} ms, 99 of 100 within {most:.2f} ms",
                      flush=True)
                goal(most < 20, f"{name} beside a study: 99 of 100 within {most:.1f} ms")
            count, half, most = delivery(server, study, events, 10)
            print(f"{count} events of a study, half within {half * 1000:.0f} ms, all within {most * 1000:.0f} ms", flush=True)
            goal(most <= 0.2, f"an event comes after {most * 1000:.0f} ms")
            server.need(200, "POST", f"/api/v1/jobs/{study}/cancel", {})
            server.wait(study)
            memory = [server.memory()]
            end = time.monotonic() + 60 * chosen.minutes
            asked = 0
            while time.monotonic() < end:
                for path in READS.values():
                    rate, _, _ = wrk(server, path.replace("JOB", first), folder, 2, 16)
                    asked += int(rate * 2)
                memory.append(server.memory())
            # What it has after it has warmed up is what it keeps.
            grown = max(memory[len(memory) // 2:]) - max(memory[1:len(memory) // 2 + 1])
            print(f"memory over {chosen.minutes:g} minutes and {asked:,} reads: "
                  + ", ".join(f"{one:.0f}" for one in memory[::max(1, len(memory) // 10)]) + " MiB", flush=True)
            goal(grown < 16, f"memory grows by {grown:.0f} MiB in the second half")
    line = (f"{min(rates.values()):.0f} to {max(rates.values()):.0f} small reads a second, beside a study 99 of 100 within "
            f"{max(waits.values()):.1f} ms, events within {most * 1000:.0f} ms, memory {memory[0]:.0f} to {memory[-1]:.0f} MiB")
    if missed and not chosen.report:
        raise Failure(f"{line}; missed: {'; '.join(missed)} (others took {share:.0%} of the machine)")
    print(line + (f"; missed: {'; '.join(missed)}" if missed else ""))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"FAILED  {failure}")
