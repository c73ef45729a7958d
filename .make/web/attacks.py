"""Attacks the server as strangers do, over plain sockets: every attempt is refused or served within limits, and it lives on.

    python3 .make/web/attacks.py .build/release/stresslab [--short]

Names that lead out of the workspace, headers that smuggle others, wrong hosts and origins, requests that are no HTTP, too large
or too slow, thousands of event streams. --short leaves out what takes a minute.
"""

import argparse
import json
import os
import pathlib
import random
import re
import resource
import select
import socket
import sys
import tempfile
import threading
import time

from lab import Failure, Server, workspace

SECRET = "the-secret-that-lies-beside-the-workspace"
MOST_MEMORY = 600


class Answer:
    """The head and the body of an answer, as far as they came."""

    def __init__(self, raw):
        self.raw = raw
        head, _, self.body = raw.partition(b"\r\n\r\n")
        self.lines = head.decode("latin-1").split("\r\n")
        match = re.match(r"HTTP/1\.1 (\d{3})", self.lines[0])
        self.status = int(match[1]) if match else None

    def field(self, name):
        return [line.split(":", 1)[1].strip() for line in self.lines[1:] if line.lower().startswith(name.lower() + ":")]


class Attack:
    """A server that is attacked, and how often it was."""

    def __init__(self, server, outside):
        self.server, self.outside, self.count = server, outside, 0
        self.seen = self.outsides()

    def outsides(self):
        return {str(path): path.read_bytes() for path in sorted(self.outside.iterdir()) if path.is_file()}

    def open(self, timeout=30):
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=timeout)

    def send(self, raw, timeout=30, ends=True):
        """Sends bytes, and gives what comes until the server closes or the answer is whole."""
        self.count += 1
        with self.open(timeout) as connection:
            try:
                connection.sendall(raw)
                if ends:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            return Answer(self.read(connection, timeout))

    def read(self, connection, timeout):
        found = b""
        end = time.monotonic() + timeout
        connection.settimeout(timeout)
        while time.monotonic() < end:
            try:
                block = connection.recv(65536)
            except (ConnectionError, TimeoutError):
                break
            if not block:
                break
            found += block
            head, mark, body = found.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            if mark and length and len(body) >= int(length[1]):
                break
        return found

    def request(self, method, path, fields="", body=b"", host=None):
        host = f"127.0.0.1:{self.server.port}" if host is None else host
        head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{fields}"
        if body:
            head += f"Content-Length: {len(body)}\r\n"
        return self.send(head.encode("latin-1") + b"\r\n" + body, ends=False)

    def refuses(self, answer, statuses, what):
        if answer.status not in statuses:
            raise Failure(f"{what}: {answer.lines[0][:100]!r} instead of {sorted(statuses)}")
        if SECRET.encode() in answer.raw or b"root:x:" in answer.raw:
            raise Failure(f"{what}: what lies outside the workspace came")

    def lives(self, after):
        begun = time.monotonic()
        answer = self.request("GET", "/healthz")
        if not self.server.is_alive or answer.status != 200:
            raise Failure(f"after {after} the server does not answer: {answer.lines[0]}, {self.server.said[-3:]}")
        if self.outsides() != self.seen:
            raise Failure(f"after {after} something outside the workspace is not what it was")
        if self.server.memory() > MOST_MEMORY:
            raise Failure(f"after {after} the server has {self.server.memory():.0f} MiB")
        return time.monotonic() - begun


def names(attack):
    """Names that lead out of the workspace, in many encodings, to everything that takes a name."""
    outside = str(attack.outside)
    plain = ["../secret.json", "../../etc/passwd", "/etc/passwd", "scenarios/../../secret.json", outside + "/secret.json",
             "scenarios/link.json", "scenarios/linked/secret.json", "linked/secret.json", ".stresslab/jobs.sqlite",
             "scenarios/.hidden.json", "scenarios//secret.json", "scenarios/./flash-crash.json", "..", ".", "/", "~", "~root",
             "scenarios\\..\\..\\secret.json", "C:\\secret.json", "file:///etc/passwd", "scenarios/pipe.json",
             "scenarios/" + "a/" * 200 + "b.json", "scenarios/" + "a" * 3000 + ".json", "scenarios/\u2025/secret.json",
             "scenarios/\uff0e\uff0e/secret.json", "scenarios/x\u202e.json", "scenarios/\ufeff.json", "scenarios/nul\0.json",
             "scenarios/a\nb.json", "scenarios/a\r\nX-Injected: 1.json", "%2e%2e/secret.json", "proc/self/environ"]
    encodings = [lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
                 lambda text: "".join(chr(byte) if chr(byte).isalnum() or chr(byte) in "-._~" else f"%{byte:02x}"
                                      for byte in text.encode()),
                 lambda text: text.replace("%", "%25").replace("/", "%252F").replace(".", "%252e").replace("\\", "%5c")
                 .replace("\0", "%2500").replace("\r", "%250d").replace("\n", "%250a").encode().decode("latin-1"),
                 lambda text: text.replace("..", "%c0%ae%c0%ae").replace("/", "%c0%af").replace("\\", "%5c").replace("\0", "%00")
                 .replace("\r", "%0d").replace("\n", "%0a").encode().decode("latin-1"),
                 lambda text: text.replace("/", "%2f").replace("\\", "%5C").replace("\0", "%00").replace("\r", "%0D")
                 .replace("\n", "%0A").encode().decode("latin-1")]
    places = ["/api/v1/documents/{}", "/api/v1/documents/{}/versions", "/api/v1/documents/{}/versions/1",
              "/api/v1/reports/{}", "/api/v1/reports/{}/summary", "/api/v1/reports/{}/charts",
              "/api/v1/reports/good/charts/{}", "/api/v1/jobs/{}", "/api/v1/jobs/{}/log", "/api/v1/jobs/{}/output",
              "/api/v1/jobs/{}/events", "/assets/{}", "/reports/{}", "/reports/good/{}", "/scenarios/{}", "/agents/{}",
              "/api/v1/comparisons?baseline={}&candidate=good"]
    for name in plain:
        # Letters that look like points are letters: such a document lies in the workspace as any other.
        refusals = {400, 404, 405, 422} | ({200, 201, 428} if "\u2025" in name or "\uff0e" in name else set())
        # What is encoded twice is a strange name once decoded, and no name of a file that is there.
        for encode in encodings:
            text = encode(name).replace(" ", "%20")
            for place in places:
                path = place.format(text)
                if path.endswith("/") or "?" in text:
                    continue
                attack.refuses(attack.request("GET", path), refusals, f"GET {path[:200]}")
            body = b'{"text": "{}"}'
            fields = "Content-Type: application/json\r\nIf-None-Match: *\r\n"
            path = f"/api/v1/documents/{text}"
            answer = attack.request("PUT", path + "?draft=true", fields, body)
            attack.refuses(answer, refusals | {507, 503, 415}, f"PUT {path[:200]}")
        raw = b"GET /api/v1/documents/" + name.replace("\0", "").encode() + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
        answer = attack.send(raw)
        if answer.status is not None:
            attack.refuses(answer, refusals | {307, 505, 200} if name in ("/", ".") else refusals | {505}, f"raw {name!r}")
    for body in (b'{"documents": ["../secret.json"]}', b'{"documents": ["/etc/passwd"]}',
                 b'{"documents": ["scenarios/link.json"]}', b'{"documents": ["scenarios/flash-crash.json"], "folder": ".."}',
                 b'{"documents": ["scenarios/flash-crash.json"], "folder": "../x"}',
                 b'{"documents": ["scenarios/flash-crash.json"], "agents": ["--out=/tmp/x"]}',
                 b'{"documents": ["scenarios/flash-crash.json"], "folder": "a\\u0000b"}'):
        answer = attack.request("POST", "/api/v1/runs", "Content-Type: application/json\r\n", body)
        attack.refuses(answer, {422}, f"a run of {body.decode()}")
    # What is wrong in a file is quoted word by word: of one that lies outside there must be none.
    agent = pathlib.Path(outside, "agent")
    agent.mkdir(exist_ok=True)
    (agent / "agent.json").write_text("leaked")
    study = json.dumps({"stresslab": "study/1", "title": "x", "scenarios": ["flash-crash.json"], "risk": {"none": {"rules": {}}},
                        "panel": {"a": {"model": "policy", "folder": str(agent)}}, "monteCarlo": {"paths": 8, "seed": 1}})
    for text in ('{"extends": "../../secret.json"}', '{"extends": "/etc/passwd"}', '{"extends": "link.json"}', study):
        body = json.dumps({"name": "scenarios/mine.json", "text": text}).encode()
        answer = attack.request("POST", "/api/v1/validations", "Content-Type: application/json\r\n", body)
        attack.refuses(answer, {200, 422}, f"a document with {text}")
        if b'"good":true' in answer.raw or b"leaked" in answer.raw:
            raise Failure(f"{text}: {answer.body[:300]}")
    attack.lives("names that lead out")


def headers(attack):
    """Headers that bring others, hosts that are not ours, pages of other sites."""
    for path in ("/api/v1/documents/a%0d%0aX-Injected:%201", "/api/v1/jobs/x%0d%0aSet-Cookie:%20a=b",
                 "/%0d%0aX-Injected:%201", "/api/v1/documents?after=%0d%0aX-Injected:%201", "/login?next=%0d%0aX-Injected:1"):
        answer = attack.request("GET", path)
        if answer.field("X-Injected") or answer.field("Set-Cookie"):
            raise Failure(f"{path} brings a header: {answer.lines}")
    for fields in ("X-A: b\rX-Injected: 1\r\n", "X-A: b\nX-Injected: 1\r\n", "X-A : b\r\n", "X\x00A: b\r\n", "X-A: a\x00b\r\n",
                   " folded: b\r\n", "X-A: b\r\n folded\r\n", ": nothing\r\n", "nothing\r\n"):
        answer = attack.request("GET", "/healthz", fields)
        if answer.field("X-Injected") or answer.status not in (200, 400, None):
            raise Failure(f"{fields!r}: {answer.lines}")
    port = attack.server.port
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil.example", "evil@127.0.0.1",
                 "127.0.0.1@evil.example", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "127.1", "127.0.0.1/x", "localhost#x",
                 "169.254.169.254", "LOCALHOST.", "\x80", "a" * 5000):
        attack.refuses(attack.request("GET", "/api/v1/documents", host=host), {400, 421}, f"Host: {host[:50]}")
    attack.refuses(attack.send(b"GET /api/v1 HTTP/1.1\r\n\r\n", ends=False), {400}, "no host")
    answer = attack.send(b"GET /api/v1/jobs HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n\r\n", ends=False)
    attack.refuses(answer, {400, 421}, "two hosts")
    answer = attack.send(b"GET http://evil.example/api/v1/jobs HTTP/1.1\r\nHost: evil.example\r\n\r\n", ends=False)
    attack.refuses(answer, {400, 404, 421}, "an absolute address")
    body = b'{"documents": ["scenarios/flash-crash.json"]}'
    ours = "Content-Type: application/json\r\n"
    for fields in ("Origin: http://evil.example\r\n", "Origin: null\r\n", f"Origin: http://127.0.0.1:{port + 1}\r\n",
                   "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n", f"Origin: http://127.0.0.1:{port}@evil\r\n",
                   f"Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: cross-site\r\n", "Origin: \r\n"):
        attack.refuses(attack.request("POST", "/api/v1/runs", ours + fields, body), {403}, f"{fields!r}")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", ""):
        answer = attack.request("POST", "/api/v1/runs", f"Content-Type: {kind}\r\n" if kind else "", body)
        attack.refuses(answer, {415}, f"a body of {kind!r}")
    if attack.server.jobs()[1:]:
        raise Failure("an attack has started a job")
    for method in ("FOO", "TRACE", "CONNECT", "PATCH", "OPTIONS", "DELETE", "PROPFIND", "get", "G\x00T", "GET" * 1000):
        answer = attack.request(method, "/api/v1/documents")
        if answer.status not in (400, 405, 501, None):
            raise Failure(f"{method[:20]}: {answer.lines[0]} {answer.body[:200]}")
        if answer.status == 405 and "GET" not in answer.field("Allow")[0]:
            raise Failure(f"{method}: Allow says {answer.field('Allow')}")
    attack.lives("headers, hosts and origins")


def garbage(attack):
    """What is no HTTP, what is two requests in one, what is too large."""
    draw = random.Random(7)
    host = b"Host: localhost\r\n"
    for raw in [draw.randbytes(draw.choice([1, 10, 1000, 70_000])) for _ in range(40)] + [
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + draw.randbytes(500), b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET /\r\n",
            b"GET / HTTP/9.9\r\n" + host + b"\r\n", b"GET / HTTP/1.1\n\n", b"\r\n" * 1000, b"\0" * 10_000, b"GET " * 10_000,
            b"HTTP/1.1 200 OK\r\n\r\n", b"GET /healthz HTTP/1.1\r\n" + b"A: " + b"b" * 200_000 + b"\r\n\r\n",
            b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + host + b"\r\n",
            b"GET /healthz HTTP/1.1\r\n" + host + b"".join(b"A%d: b\r\n" % n for n in range(5000)) + b"\r\n",
            b"GET /healthz HTTP/1.1\r\n" + host + b"".join(b"A%d: %s\r\n" % (n, b"b" * 1000) for n in range(90)) + b"\r\n"]:
        answer = attack.send(raw, timeout=10)
        if answer.status not in (400, 404, 405, 413, 414, 421, 431, 501, 505, None):
            raise Failure(f"{raw[:60]!r}: {answer.lines[0]}")
        if answer.status is None and answer.raw:
            raise Failure(f"{raw[:60]!r}: {answer.raw[:60]!r}")
    post = b"POST /api/v1/validations HTTP/1.1\r\n" + host + b"Content-Type: application/json\r\n"
    smuggled = b"GET /smuggled HTTP/1.1\r\n" + host + b"\r\n"
    for fields in (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
                   b"Content-Length: -1\r\n\r\n", b"Content-Length: 5x\r\n\r\n", b"Content-Length: 99999999999999999999\r\n\r\n",
                   b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", b"Transfer-Encoding: xchunked\r\n\r\n",
                   b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"):
        answer = attack.send(post + fields + smuggled, timeout=10)
        if answer.raw.count(b"HTTP/1.1 ") > 1 and b"404" in answer.raw.split(b"HTTP/1.1 ")[-1][:4]:
            raise Failure(f"{fields!r} smuggles a request: {answer.raw[:400]!r}")
        if answer.status not in (400, 411, 413, 415, 422, 501, None):
            raise Failure(f"{fields!r}: {answer.lines[0]}")
    # Too large, said beforehand and not.
    answer = attack.send(post + b"Content-Length: 3000000000\r\n\r\n", timeout=10, ends=False)
    attack.refuses(answer, {413}, "a body of 3 GB")
    before = attack.server.memory()
    begun = time.monotonic()
    attack.count += 1
    with attack.open() as connection:
        connection.sendall(post + b"Transfer-Encoding: chunked\r\n\r\n")
        sent, block = 0, b"10000\r\n" + b"a" * 65536 + b"\r\n"
        try:
            while sent < 1 << 30 and time.monotonic() < begun + 60:
                connection.sendall(block)
                sent += len(block)
                if select.select([connection], [], [], 0)[0]:
                    break
        except OSError:
            pass
        answer = Answer(attack.read(connection, 10))
        attack.refuses(answer, {413}, "a body in chunks without end")
        if sent > 64 << 20:
            raise Failure(f"{sent >> 20} MiB of a body were read")
        # Nobody waits for the rest of it.
        try:
            while time.monotonic() < begun + 60:
                connection.sendall(block)
                time.sleep(0.01)
            raise Failure("the rest of a body that was refused is read for ever")
        except OSError:
            pass
    deep = b'{"text": ' + b"[" * 1_000_000
    attack.refuses(attack.request("POST", "/api/v1/validations", "Content-Type: application/json\r\n", deep),
                   {400, 422, 413}, "a million brackets")
    many = b'{"text": "a"' + b"".join(b', "k%d": 0' % n for n in range(100_000)) + b"}"
    attack.refuses(attack.request("POST", "/api/v1/validations", "Content-Type: application/json\r\n", many), {422}, "many keys")
    with attack.open() as connection:
        attack.count += 1
        connection.sendall((b"GET /healthz HTTP/1.1\r\n" + host + b"\r\n") * 199 + b"GET /healthz HTTP/1.1\r\n" + host
                           + b"Connection: close\r\n\r\n")
        found, end = b"", time.monotonic() + 30
        connection.settimeout(30)
        while time.monotonic() < end and (block := connection.recv(65536)):
            found += block
        if found.count(b"HTTP/1.1 200") != 200:
            raise Failure(f"{found.count(b'HTTP/1.1 200')} answers to 200 requests in a row")
    attack.lives("garbage")
    return before


def slow(attack, with_heads):
    """Bodies and headers that come byte by byte: they are cut off, and others are answered meanwhile."""
    post = (b"POST /api/v1/validations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100000\r\n\r\n{")
    connections = {}
    begun = time.monotonic()
    for number in range(100):
        connection = attack.open()
        connection.sendall(post if number < 50 else b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        connection.setblocking(False)
        connections[connection] = number
        attack.count += 1
    bodies, heads, longest = [], [], 0
    last = begun + (90 if with_heads else 40)
    while connections and time.monotonic() < last:
        if not with_heads and len(bodies) == 50:
            break
        for connection, number in list(connections.items()):
            try:
                connection.send(b" " if number < 50 else b"a")
            except BlockingIOError:
                pass
            except OSError:
                (bodies if number < 50 else heads).append(time.monotonic() - begun)
                connection.close()
                del connections[connection]
        longest = max(longest, attack.lives("slow senders"))
        time.sleep(1)
    for connection in connections:
        connection.close()
    if len(bodies) < 50 or with_heads and len(heads) < 50:
        raise Failure(f"{50 - len(bodies)} slow bodies and {50 - len(heads)} slow heads are still waited for")
    told = f"50 slow bodies cut off after {max(bodies):.0f} s"
    if heads:
        told += f", 50 slow heads after {max(heads):.0f} s"
    return f"{told}, meanwhile an answer took {longest * 1000:.0f} ms at most"


def streams(attack, count):
    """So many event streams at once, of a job that runs; reads are answered meanwhile, one too many is refused."""
    job = attack.server.jobs()[0]["id"]
    open_now = []
    begun = time.monotonic()
    request = f"GET /api/v1/jobs/{job}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    refused, followed = 0, []
    for number in range(count):
        connection = attack.open()
        connection.sendall(request)
        open_now.append(connection)
        attack.count += 1
    for connection in open_now:
        head = b""
        while b"\r\n\r\n" not in head:
            block = connection.recv(65536)
            if not block:
                break
            head += block
        status = Answer(head).status
        if status == 200:
            followed.append(connection)
        elif status == 503:
            refused += 1
        else:
            raise Failure(f"a stream: {head[:100]!r}")
    opened = time.monotonic() - begun
    expected = min(count, 1200)
    if len(followed) != expected or refused != count - expected:
        raise Failure(f"{len(followed)} streams and {refused} refusals of {count}")
    times = []
    for number in range(100):
        start = time.monotonic()
        answer = attack.request("GET", "/api/v1/documents/scenarios%2Fflash-crash.json" if number % 2 else "/healthz")
        if answer.status != 200:
            raise Failure(f"a read beside {len(followed)} streams: {answer.lines[0]}")
        times.append(time.monotonic() - start)
    times.sort()
    memory = attack.server.memory()
    if memory > MOST_MEMORY or times[-5] > 2:
        raise Failure(f"{len(followed)} streams: {memory:.0f} MiB, reads take {times[-5]:.2f} s")
    # Who goes gives the place back.
    for connection in open_now:
        connection.close()
    end = time.monotonic() + 60
    while time.monotonic() < end:
        line = re.search(r"stresslab_event_streams (\d+)", attack.server.need(200, "GET", "/metrics").decode())
        if int(line[1]) == 0:
            break
        time.sleep(0.5)
    else:
        raise Failure(f"{line[1]} streams are open after all have gone")
    attack.lives("event streams")
    return (f"{len(followed)} event streams in {opened:.1f} s" + (f", {refused} more refused" if refused else "")
            + f", beside them reads in {times[50] * 1000:.0f} ms (95 %: {times[95] * 1000:.0f} ms), {memory:.0f} MiB")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("--short", action="store_true")
    chosen = arguments.parse_args()
    begun = time.monotonic()
    # The usual limit of a shell, which the server lifts for itself.
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with tempfile.TemporaryDirectory() as folder:
        outside = pathlib.Path(folder)
        lab = workspace(outside / "lab")
        (outside / "secret.json").write_text('{"stresslab": "scenario/1", "title": "%s"}' % SECRET)
        os.symlink(outside / "secret.json", lab / "scenarios/link.json")
        os.symlink(outside, lab / "scenarios/linked")
        os.symlink(outside, lab / "linked")
        os.mkfifo(lab / "scenarios/pipe.json")
        (lab / "scenarios/.hidden.json").write_text('{"title": "%s"}' % SECRET)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 1024), hard))
        with Server(chosen.program, lab) as server:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
            run = server.need(202, "POST", "/api/v1/runs", {"documents": ["scenarios/flash-crash.json"], "paths": 10_000_000,
                                                            "folder": "good"})
            # It stands still, so that it takes no time from what is measured.
            server.stop_job(run["id"])
            attack = Attack(server, outside)
            result = {}

            def slowly():
                try:
                    result["slow"] = slow(attack, with_heads=not chosen.short)
                except Exception as failure:  # told where the thread is waited for
                    result["slow"] = failure

            waiting = threading.Thread(target=slowly)
            waiting.start()
            try:
                headers(attack)
                print("headers, hosts, origins, methods: refused", flush=True)
                garbage(attack)
                print("garbage, smuggling, large bodies: refused", flush=True)
                names(attack)
                print("names that lead out: refused", flush=True)
            finally:
                waiting.join()
            if isinstance(result["slow"], Exception):
                raise result["slow"]
            print(result["slow"], flush=True)
            told = streams(attack, 100 if chosen.short else 1500)
            print(told, flush=True)
            if server.jobs()[0]["id"] != run["id"]:
                raise Failure("an attack has started a job")
            statuses = server.requests()
            if any(status >= 500 and status not in (501, 503, 505) for status in statuses):
                raise Failure(f"the server is at fault: {statuses}")
            print(f"{attack.count} attacks refused or served within limits; the server lives, with {server.memory():.0f} MiB, "
                  f"in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"FAILED  {failure}")
