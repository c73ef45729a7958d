"""A client of StressLab's HTTP API, of Python's standard library alone (3.9 or later). Made by `make api`: change it there.

    from stresslab import StressLab

    lab = StressLab("http://localhost:8420")
    job = lab.start_run(documents=["scenarios/flash-crash.json"], paths=2000)
    print(lab.wait(job)["state"])
"""

import http.client
import json
import time
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Union
from urllib.parse import quote, urlencode, urlsplit

__all__ = ["Event", "StressLab", "StressLabError"]

#: The version of StressLab whose API this is.
VERSION = "@VERSION@"


class StressLabError(Exception):
    """An answer that is a failure.

    status: the HTTP status, such as 422. code: a word for programs, such as "invalid". message: words for people.
    problems: what is wrong place by place, each with file, line, column, path, message and severity.
    retry_after: after how many seconds to come again, where the server says so.
    """

    def __init__(self, status: int, code: str, message: str, problems: List[dict], retry_after: Optional[float]) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code, self.message, self.problems = status, code, message, problems
        self.retry_after = retry_after


class Event(NamedTuple):
    """A server-sent event: its name, its data (read from JSON), and where a follower goes on after it."""

    name: str
    data: Any
    id: Optional[str]


class StressLab:
    """A server.

    address: such as "http://localhost:8420". token: what visitors have to know, where the server asks for it.
    timeout: seconds that an answer may take to begin; of event streams, that nothing may come, not even a sign of life.
    """

    def __init__(self, address: str = "http://localhost:8420", token: Optional[str] = None, timeout: float = 60) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{address!r} is no address such as http://localhost:8420")
        self._kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path.rstrip("/")
        self._token, self._timeout = token, timeout

    def wait(self, job: Union[str, dict]) -> dict:
        """Follows a job to its end, and gives it as it then is. job: its id, or what started it."""
        number = job if isinstance(job, str) else job["id"]
        while True:
            for _ in self.follow_job(number):
                pass
            found = self.read_job(number)
            if found["state"] not in ("queued", "running"):
                return found

    def items(self, operation, **arguments: Any) -> Iterator[Any]:
        """All items of a list, part by part, such as items(lab.list_jobs, kind="run")."""
        after = None
        while True:
            page = operation(after=after, **arguments)
            yield from page["items"]
            after = page["next"]
            if after is None:
                return

    # METHODS

    def _open(self, method: str, path: str, query: Dict[str, Any], fields: Dict[str, Any], body: Optional[dict]):
        """Sends a request; gives the connection and the answer, its body not read yet."""
        given = {name: _text(value) for name, value in query.items() if value is not None}
        address = self._path + path + ("?" + urlencode(given, quote_via=quote) if given else "")
        headers = {"Accept": "application/json, text/event-stream, */*"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        for name, value in fields.items():
            if value is not None:
                headers[name] = _tag(value) if name.startswith("If-") else _text(value)
        contents = None
        if body is not None:
            contents = json.dumps({name: value for name, value in body.items() if value is not None}).encode()
            headers["Content-Type"] = "application/json"
        connection = self._kind(self._host, self._port, timeout=self._timeout)
        try:
            connection.request(method, address, contents, headers)
            answer = connection.getresponse()
            if answer.status >= 400:
                raise _failure(answer)
        except BaseException:
            connection.close()
            raise
        return connection, answer

    def _ask(self, method: str, path: str, *, query: Optional[dict] = None, fields: Optional[dict] = None,
             body: Optional[dict] = None) -> Any:
        connection, answer = self._open(method, path, query or {}, fields or {}, body)
        try:
            contents = answer.read()
        finally:
            connection.close()
        if answer.status == 204:
            return None
        if answer.headers.get_content_type() == "application/json":
            return json.loads(contents)
        return contents.decode("utf-8")

    def _follow(self, path: str, *, query: Optional[dict] = None, fields: Optional[dict] = None) -> Iterator[Event]:
        """Reads events; a connection that is lost is made again, from the last event on."""
        fields = dict(fields or {})
        pause = 1.0
        while True:
            try:
                connection, answer = self._open("GET", path, query or {}, fields, None)
                try:
                    for event in _events(answer):
                        if event.id is not None:
                            fields["Last-Event-ID"] = event.id
                        pause = 1.0
                        yield event
                    return
                finally:
                    connection.close()
            except StressLabError as failure:
                if failure.status != 503:
                    raise
                wait = failure.retry_after or pause
            except (OSError, http.client.HTTPException):
                wait = pause
            if pause > 60:
                raise ConnectionError(f"{self._host} does not answer any more")
            time.sleep(wait)
            pause *= 2


def _segment(text: str) -> str:
    """A name as one segment of a path."""
    return quote(str(text), safe="")


def _text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _tag(value: str) -> str:
    """An entity tag, with its quotes; the digest of a document is one."""
    return value if value == "*" or value.startswith(('"', "W/")) else f'"{value}"'


def _failure(answer: http.client.HTTPResponse) -> StressLabError:
    contents = answer.read()
    try:
        error = json.loads(contents)["error"]
        code, message, problems = error["code"], error["message"], error["problems"]
    except (ValueError, KeyError, TypeError):
        code, message, problems = "http", contents.decode("utf-8", "replace")[:200] or answer.reason, []
    try:
        retry_after = float(answer.headers.get("Retry-After", ""))
    except ValueError:
        retry_after = None
    return StressLabError(answer.status, code, message, problems, retry_after)


def _events(answer: http.client.HTTPResponse) -> Iterator[Event]:
    """Events of a stream (WHATWG HTML, section 9.2.6)."""
    name, data, last = "message", [], None
    for line in _lines(answer):
        text = line.decode("utf-8").rstrip("\r")
        if text:
            field, _, value = text.partition(":")
            value = value[1:] if value.startswith(" ") else value
            if field == "event":
                name = value
            elif field == "data":
                data.append(value)
            elif field == "id" and "\0" not in value:
                last = value
        elif data:
            whole = "\n".join(data)
            try:
                read = json.loads(whole)
            except ValueError:
                read = whole
            yield Event(name, read, last)
            name, data = "message", []
        else:
            name = "message"


def _lines(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """Lines as they come; an answer that breaks off is an error, one that ends is not."""
    rest = b""
    while True:
        block = answer.read1(65536)
        if not block:
            return
        *lines, rest = (rest + block).split(b"\n")
        yield from lines
