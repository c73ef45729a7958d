"""Asks the server what nobody would: schemathesis makes requests of its OpenAPI document, right ones and wrong ones.

    .venv-web/bin/python .make/web/fuzz.py .build/release/stresslab [--requests 10000]

No answer may be a fault of the server's, have a status or a form that the document does not tell, or let wrong requests pass.
Seeds are fixed. Without --requests it is the short run of `make test`.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from lab import Failure, Server, workspace

# A document's text is a string to the schema, and more to the server: that a request which the schema takes is refused is in
# order, so "positive_data_acceptance" is not asked. A path parameter of one operation leads to other operations as well.
WITHOUT = "positive_data_acceptance"
# They end when the job does, or never; attacks.py and check_client.py follow them.
ENDLESS = ("followJob", "followChanges")
HOOKS = '''
import schemathesis

@schemathesis.hook
def filter_case(context, case):
    # Longer first lines are refused before they are a request (400 without a body).
    return len(case.as_transport_kwargs()["url"]) < 4000 and sum(
        len(str(value)) for value in (case.query or {}).values()) < 1200
'''


def stopped_job(server):
    """Starts a job that stands still, so that jobs of the fuzzer wait behind it and compute nothing."""
    job = server.need(202, "POST", "/api/v1/runs", {
        "documents": ["scenarios/flash-crash.json"], "paths": 10_000_000, "folder": "endless", "priority": 100})
    server.stop_job(job["id"])


def fuzz(server, folder, seed, examples, phases, program):
    hooks = folder / "hooks.py"
    hooks.write_text(HOOKS)
    command = [program, "run", f"{server.address}/openapi.json", "--phases", phases, "--max-examples", str(examples),
               "--seed", str(seed), "--exclude-checks", WITHOUT, "--request-timeout", "60", "--no-color",
               "--continue-on-failure", "--generation-database", "none", "--no-shrink", "--warnings", "off"]
    for name in ENDLESS:
        command += ["--exclude-operation-id", name]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder,
                          env={**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(folder)})
    if done.returncode:
        raise Failure(f"seed {seed}, {phases}:\n{done.stdout[-30_000:]}\n{done.stderr[-3_000:]}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("--requests", type=int, default=0, help="go on until so many were asked")
    arguments.add_argument("--schemathesis", default=str(pathlib.Path(sys.executable).parent / "st"))
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--phases", default="", help="only these")
    chosen = arguments.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with Server(chosen.program, workspace(folder / "lab")) as server:
            for _ in range(2):
                job = server.need(202, "POST", "/api/v1/runs",
                                  {"documents": ["scenarios/flash-crash.json"], "paths": 64, "agents": ["hold"]})
                if server.wait(job["id"])["state"] not in ("finished", "missed"):
                    raise Failure(f"a run does not end well: {server.jobs()[0]}")
            stopped_job(server)
            if chosen.requests:
                seed = chosen.seed
                fuzz(server, folder, seed, 40, chosen.phases or "examples,coverage,fuzzing,stateful", chosen.schemathesis)
                while sum(server.requests().values()) < chosen.requests:
                    seed += 1
                    fuzz(server, folder, seed, 60, chosen.phases or "fuzzing,stateful", chosen.schemathesis)
            else:
                fuzz(server, folder, chosen.seed, 3, chosen.phases or "examples,fuzzing", chosen.schemathesis)
            statuses = server.requests()
            if not server.is_alive or any(status >= 500 and status not in (501, 503, 505, 507) for status in statuses):
                raise Failure(f"the server is at fault: {statuses}")
            print(f"{sum(statuses.values())} fuzzed requests, {sum(n for s, n in statuses.items() if s < 400)} answered and "
                  f"{sum(n for s, n in statuses.items() if 400 <= s < 500)} refused as the document says, none a fault of the "
                  f"server's, which has {server.memory():.0f} MiB, in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"FAILED  {failure}")
