"""Uses the client for Python that `make api` makes against a server: documents, a run to its end, events that go on.

    python3 .make/web/check_client.py .build/release/stresslab
"""

import argparse
import http.client
import http.server
import json
import pathlib
import sys
import tempfile
import threading
import urllib.parse

from lab import ROOT, Failure, Server, workspace

sys.path.insert(0, str(ROOT / "docs/api"))
from stresslab import StressLab, StressLabError  # noqa: E402

TOKEN = "a-token-for-the-check-of-the-client"


def expect(fact, words):
    if not fact:
        raise Failure(words)


def refused(status, code, body):
    """Sees that a call is refused, and gives the failure."""
    try:
        body()
    except StressLabError as failure:
        expect((failure.status, failure.code) == (status, code), f"{failure} instead of {status} {code}")
        return failure
    raise Failure(f"not refused with {status} {code}")


def patient(body, times=6):
    """Asks again where a machine that is busy says so."""
    for _ in range(times - 1):
        try:
            return body()
        except StressLabError as failure:
            if failure.status != 503:
                raise
    return body()


class Breaking(http.server.BaseHTTPRequestHandler):
    """Stands between client and server, and breaks off each stream of events after some bytes, twice in the middle of one."""

    protocol_version = "HTTP/1.1"
    target, breaks, asked = None, [], []

    def do_GET(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.target)
        connection.request("GET", self.path, headers=dict(self.headers))
        answer = connection.getresponse()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        rest = None
        if self.path.endswith("/events"):
            self.asked.append(self.headers.get("Last-Event-ID"))
            rest = self.breaks.pop(0) if self.breaks else None
        while block := answer.read1(4096):
            part = block if rest is None else block[:rest]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            if rest is not None:
                rest -= len(part)
                if rest <= 0:
                    self.wfile.flush()
                    self.close_connection = True
                    return
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


def documents(lab):
    """Lists, reads, checks and saves documents."""
    known = list(lab.items(lab.list_documents, limit=7))
    names = [one["name"] for one in known]
    on_disk = [name for name in names if (lab.folder / name).is_file()]
    expect(len(names) > 30 and len(set(names)) == len(names) == len(on_disk), f"the list of documents: {names}")
    whole = lab.list_documents(limit=200)["items"]
    expect([one["name"] for one in whole] == names, "parts of a list are not the list")
    found = lab.read_document("scenarios/flash-crash.json")
    expect(found["text"] == (lab.folder / "scenarios/flash-crash.json").read_text(), "a document is not its file")
    refused(404, "notFound", lambda: lab.read_document("scenarios/flash-crush.json"))
    refused(400, "badRequest", lambda: lab.read_document("../etc/passwd"))
    text = found["text"].replace('"drop": { "low": 0.03', '"drop": { "low": 1.4')
    wrong = lab.validate(text=text)
    expect(not wrong["good"] and wrong["problems"][0]["line"] > 1, f"a mistake that is not told: {wrong}")
    failure = refused(422, "invalid", lambda: lab.save_document("scenarios/mine.json", text=text))
    expect(failure.problems and failure.problems[0]["path"].startswith("/events/crash/drop"), f"{failure.problems}")
    template = lab.read_template("scenario")["text"]
    saved = lab.save_document("scenarios/mine ü&é.json", text=template, if_none_match="*")
    again = template.replace("One stock falls", "One stock falls \\u00fc")
    refused(428, "preconditionRequired", lambda: lab.save_document(saved["name"], text=again))
    refused(412, "changed", lambda: lab.save_document(saved["name"], text=again, if_match="0" * 64))
    lab.save_document(saved["name"], text=again, if_match=saved["digest"])
    versions = lab.list_versions(saved["name"])["items"]
    expect([one["number"] for one in versions] == [2, 1], f"versions: {versions}")
    expect(lab.read_version(saved["name"], 1)["text"] == template, "a version is not what was saved")
    expect(json.loads(lab.read_document(saved["name"])["text"])["title"].endswith("ü"), "a save is lost")
    expect("properties" in lab.read_schema("scenario"), "no schema")
    seen = patient(lambda: lab.preview(text=template, paths=8))
    expect(seen["charts"] and all(one["svg"].startswith("<svg") for one in seen["charts"]), "a preview without charts")
    return len(names)


def run(lab):
    """Starts a run, follows it over connections that break, and reads what it left."""
    key = "check-client"
    order = {"documents": ["scenarios/flash-crash.json"], "paths": 400, "agents": ["hold"], "risks": []}
    job = lab.start_run(**order, idempotency_key=key)
    expect(lab.start_run(**order, idempotency_key=key)["id"] == job["id"], "one key made two jobs")
    refused(409, "keyOfAnother", lambda: lab.start_run(**{**order, "paths": 401}, idempotency_key=key))
    refused(422, "invalid", lambda: lab.start_run(documents=["scenarios/none.json"]))
    ended = lab.wait(job)
    expect(ended["state"] == "finished" and ended["exit"] == 0, f"the run: {ended}")
    expect(ended["id"] in [one["id"] for one in lab.list_jobs(kind="run", state="finished")["items"]], "not on the list")
    refused(409, "conflict", lambda: lab.cancel_job(job["id"]))
    refused(404, "notFound", lambda: lab.read_job("no-such-job"))
    whole = list(lab.follow_job(job["id"]))
    names = [event.name for event in whole]
    expect(names[0] == "begun" and names[-2:] == ["ended", "state"], f"events: {names}")
    lines = (lab.folder / f".stresslab/jobs/{job['id']}/events.jsonl").read_text().splitlines()
    expect([event.data for event in whole[:-1]] == [json.loads(line) for line in lines], "events are not their file")
    gate = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Breaking)
    Breaking.target = urllib.parse.urlsplit(lab.address).port
    Breaking.breaks = [40, len(lines[0]) + 60, len(lines[0]) + len(lines[1]) + 200]
    threading.Thread(target=gate.serve_forever, daemon=True).start()
    # The host is what the client asks for; the server takes any port of it.
    over = StressLab(f"http://127.0.0.1:{gate.server_port}", token=TOKEN)
    broken = list(over.follow_job(job["id"]))
    gate.shutdown()
    expect(broken == whole, f"{len(broken)} events over a broken connection instead of {len(whole)}")
    expect(len(Breaking.asked) == 4 and Breaking.asked[-1] is not None, f"it was asked from {Breaking.asked}")
    name = ended["output"].split("/", 1)[1]
    report = lab.read_report(name)
    expect(report["finished"] and report["paths"] == 400, f"the report: {report}")
    expect(lab.read_summary(name)["desks"], "a summary without desks")
    charts = lab.list_charts(name)["items"]
    expect(charts and "<svg" in lab.read_chart(name, charts[0]), f"charts: {charts}")
    expect(lab.read_log(job["id"]) == "", "a run that says something on standard error")
    return len(whole)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = workspace(pathlib.Path(folder) / "lab")
        with Server(chosen.program, folder, environment={"STRESSLAB_TOKEN": TOKEN}) as server:
            refused(401, "unauthorized", StressLab(server.address).list_jobs)
            expect(StressLab(server.address).read_health() == "ok\n", "no health")
            lab = StressLab(server.address, token=TOKEN)
            lab.folder, lab.address = folder, server.address
            expect(lab.read_server()["program"] == "stresslab", "another program")
            count = documents(lab)
            events = run(lab)
            expect("stresslab_jobs{" in lab.read_metrics(), "no counts")
            cancelled = lab.start_run(documents=["scenarios/flash-crash.json"], paths=10_000_000)
            for event in lab.follow_job(cancelled["id"]):
                if event.name == "progress":
                    lab.cancel_job(cancelled["id"])
            expect(lab.wait(cancelled["id"])["state"] == "cancelled", "a job that was stopped is not")
        calls = sum(1 for name in dir(StressLab) if not name.startswith("_"))
        print(f"the client of {calls} methods: {count} documents, {events} events over four connections, a run followed, one "
              "stopped, failures told")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"FAILED  {failure}")
