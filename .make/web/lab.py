"""A server with a workspace of its own, for the checks of the HTTP API."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Failure(Exception):
    """Something is not as it should be."""


def workspace(folder):
    """Makes a folder with the repository's documents and the data that they name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("scenarios", "fixtures"):
        shutil.copytree(ROOT / name, folder / name, symlinks=True)
    return folder


class Server:
    """`stresslab serve` at a free port of the loopback, until it is stopped or killed."""

    def __init__(self, program, folder, *options, environment=(), wrapper=()):
        self.program, self.folder = pathlib.Path(program).resolve(), pathlib.Path(folder)
        # Nothing of a check goes on a record elsewhere, and no exchange is asked: the proxy is a port where nobody listens.
        nobody = "http://127.0.0.1:9"
        surroundings = {**os.environ, "STRESSLAB_TRACKING": "none", "https_proxy": nobody, "http_proxy": nobody,
                        "HTTPS_PROXY": nobody, **dict(environment)}
        self.process = subprocess.Popen(
            [*wrapper, self.program, "serve", "--port", "0", "--workspace", self.folder, *options], text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=surroundings)
        self.said = []
        begun = threading.Event()
        self.port = None

        def listen():
            for line in self.process.stderr:
                self.said.append(line.rstrip())
                found = re.search(r"StressLab is at http://[^ ]*:(\d+);", line)
                if found:
                    self.port = int(found[1])
                    begun.set()
            begun.set()

        self.reader = threading.Thread(target=listen, daemon=True)
        self.reader.start()
        begun.wait(60)
        if self.port is None:
            self.kill()
            raise Failure(f"the server does not begin: {self.said}")

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, headers=(), timeout=60):
        """Status, headers and body of an answer; JSON is read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            fields = dict(headers)
            if body is not None and not isinstance(body, bytes):
                body = json.dumps(body).encode()
                fields.setdefault("Content-Type", "application/json")
            connection.request(method, path, body, fields)
            answer = connection.getresponse()
            contents = answer.read()
            if (answer.headers.get_content_type() or "") == "application/json" and contents:
                contents = json.loads(contents)
            return answer.status, answer.headers, contents
        finally:
            connection.close()

    def need(self, status, method, path, body=None, headers=()):
        """The body of an answer that has to have a status."""
        found, _, contents = self.ask(method, path, body, headers)
        if found != status:
            raise Failure(f"{method} {path}: {found} instead of {status}: {contents}")
        return contents

    def wait(self, job):
        """A job as it stands when its stream of events has ended."""
        while True:
            status, _, _ = self.ask("GET", f"/api/v1/jobs/{job}/events", timeout=600)
            found = self.need(200, "GET", f"/api/v1/jobs/{job}")
            if status != 200 or found["state"] not in ("queued", "running"):
                return found

    def jobs(self):
        """All jobs, the newest first."""
        found, after = [], ""
        while True:
            page = self.need(200, "GET", f"/api/v1/jobs?limit=200{after}")
            found += page["items"]
            if page["next"] is None:
                return found
            after = f"&after={page['next']}"

    def requests(self):
        """How many requests it has answered, and with which statuses."""
        statuses = {}
        for line in self.need(200, "GET", "/metrics").decode().splitlines():
            match = re.match(r'stresslab_requests_total\{.*status="(\d+)"\} (\d+)', line)
            if match:
                statuses[int(match[1])] = statuses.get(int(match[1]), 0) + int(match[2])
        return statuses

    def children(self):
        """The processes that it has started."""
        found = []
        for file in pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            try:
                found += [int(number) for number in file.read_text().split()]
            except FileNotFoundError:
                pass
        return found

    def stop_job(self, job):
        """Makes a job's process stand still, once it is the program that it was started for."""
        while True:
            if self.need(200, "GET", f"/api/v1/jobs/{job}")["state"] not in ("queued", "running"):
                raise Failure("a job is over before it can be stopped")
            for child in self.children():
                # Before that it is the server's copy, which waits for it.
                if f"jobs/{job}/".encode() in pathlib.Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(child, signal.SIGSTOP)
                    return
            time.sleep(0.05)

    def memory(self):
        """Mebibytes of memory that it has now."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024

    @property
    def is_alive(self):
        return self.process.poll() is None

    def stop(self):
        """Ends it in order; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        finally:
            self.kill()

    def kill(self):
        """Ends it at once."""
        self.process.kill()
        self.process.wait()
        self.reader.join(10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
