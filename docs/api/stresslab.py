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
VERSION = "0.1.0"


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

    def list_documents(
        self, *, kind: Optional[str] = None, family: Optional[str] = None, limit: Optional[int] = None,
        after: Optional[str] = None
    ) -> Any:
        """Lists the documents of the workspace.

            kind: only of this kind
            family: only in this folder beneath scenarios
            limit: how many are wanted at most; 50 unless given
            after: what the page before said in `next`
        """
        return self._ask(
            "GET",
            "/api/v1/documents",
            query={"kind": kind, "family": family, "limit": limit, "after": after})

    def read_document(self, name: str) -> Any:
        """Reads a document; its ETag is what a save needs.

            name: the document's file in the workspace
        """
        return self._ask("GET", f"/api/v1/documents/{_segment(name)}")

    def save_document(
        self, name: str, *, text: str, draft: Optional[bool] = None, if_match: Optional[str] = None,
        if_none_match: Optional[str] = None
    ) -> Any:
        """Saves a document, whole or not at all, and keeps the one before as a version. What is wrong in it is
        refused.

            name: the document's file in the workspace
            text: the document, as its file shall be
            draft: save it with what is wrong in it; unless it is no JSON
            if_match: the ETag of what is to be replaced
            if_none_match: for a new document
        """
        return self._ask(
            "PUT",
            f"/api/v1/documents/{_segment(name)}",
            query={"draft": draft},
            fields={"If-Match": if_match, "If-None-Match": if_none_match},
            body={"text": text})

    def list_versions(self, name: str, *, limit: Optional[int] = None, after: Optional[str] = None) -> Any:
        """Lists the versions of a document that were saved here, newest first.

            name: the document's file in the workspace
            limit: how many are wanted at most; 50 unless given
            after: what the page before said in `next`
        """
        return self._ask(
            "GET",
            f"/api/v1/documents/{_segment(name)}/versions",
            query={"limit": limit, "after": after})

    def read_version(self, name: str, number: int) -> Any:
        """Reads a version of a document.

            name: the document's file in the workspace
            number: of the version
        """
        return self._ask("GET", f"/api/v1/documents/{_segment(name)}/versions/{_segment(number)}")

    def validate(self, *, text: str, name: Optional[str] = None) -> Any:
        """Checks a text as the commands do, and says everything that is wrong, each with its place.

            text: the document
            name: its file, from which paths in it count; scenarios/untitled.json unless given
        """
        return self._ask("POST", "/api/v1/validations", body={"text": text, "name": name})

    def read_schema(self, kind: str) -> Any:
        """Reads the JSON Schema (2020-12) of a kind of documents.

            kind: of documents
        """
        return self._ask("GET", f"/api/v1/schemas/{_segment(kind)}")

    def read_template(self, kind: str) -> Any:
        """Reads a document of a kind to begin with.

            kind: of documents
        """
        return self._ask("GET", f"/api/v1/templates/{_segment(kind)}")

    def preview(
        self, *, text: str, name: Optional[str] = None, severity: Optional[float] = None,
        paths: Optional[int] = None
    ) -> Any:
        """Draws a scenario's market: charts of what happens, and the stylised facts of its returns.

            text: a scenario
            name: its file, from which paths in it count
            severity: of its events; 1 unless given
            paths: how many are drawn
        """
        return self._ask(
            "POST",
            "/api/v1/previews",
            body={"text": text, "name": name, "severity": severity, "paths": paths})

    def start_run(
        self, *, documents: List[str], study: Optional[str] = None, paths: Optional[int] = None,
        seed: Optional[int] = None, agents: Optional[List[str]] = None, risks: Optional[List[str]] = None,
        severities: Optional[List[float]] = None, folder: Optional[str] = None, priority: Optional[int] = None,
        idempotency_key: Optional[str] = None
    ) -> Any:
        """Starts a run of scenarios or a study.

            documents: one study, or scenarios
            study: a study under which the scenarios run
            paths: of each scenario and severity; the study's unless given
            seed: what all draws follow from; the study's unless given
            agents: only these agents of the panel
            risks: only these risk profiles
            severities: of the events, in place of the study's
            folder: of the report beneath reports; the document's name unless given
            priority: the greater, the sooner; of the same, the older first
            idempotency_key: the same key with the same body is the same job, however often it is sent
        """
        return self._ask(
            "POST",
            "/api/v1/runs",
            fields={"Idempotency-Key": idempotency_key},
            body={"documents": documents, "study": study, "paths": paths, "seed": seed, "agents": agents,
                "risks": risks, "severities": severities, "folder": folder, "priority": priority})

    def start_training(
        self, *, document: str, seeds: Optional[List[int]] = None, folder: Optional[str] = None,
        priority: Optional[int] = None, idempotency_key: Optional[str] = None
    ) -> Any:
        """Starts a training.

            document: a training
            seeds: in place of the document's
            folder: of the agents beneath agents; the document's name unless given
            priority: the greater, the sooner; of the same, the older first
            idempotency_key: the same key with the same body is the same job, however often it is sent
        """
        return self._ask(
            "POST",
            "/api/v1/trainings",
            fields={"Idempotency-Key": idempotency_key},
            body={"document": document, "seeds": seeds, "folder": folder, "priority": priority})

    def start_search(
        self, *, document: str, seed: Optional[int] = None, folder: Optional[str] = None,
        priority: Optional[int] = None, idempotency_key: Optional[str] = None
    ) -> Any:
        """Starts a search for the values of a training.

            document: a search
            seed: what all draws follow from; the document's unless given
            folder: beneath tuning; the document's name unless given
            priority: the greater, the sooner; of the same, the older first
            idempotency_key: the same key with the same body is the same job, however often it is sent
        """
        return self._ask(
            "POST",
            "/api/v1/searches",
            fields={"Idempotency-Key": idempotency_key},
            body={"document": document, "seed": seed, "folder": folder, "priority": priority})

    def start_collection(
        self, *, exchange: str, market: str, step: str, from_: str, to: Optional[str] = None,
        priority: Optional[int] = None, idempotency_key: Optional[str] = None
    ) -> Any:
        """Collects bars from an exchange.

            exchange: binance, coinbase, kraken, or ccxt:NAME
            market: such as BTC/USDT
            step: how long a bar lasts, such as 1h
            from_: the first day, such as 2020-01-01
            to: the last day; now unless given
            priority: the greater, the sooner; of the same, the older first
            idempotency_key: the same key with the same body is the same job, however often it is sent
        """
        return self._ask(
            "POST",
            "/api/v1/collections",
            fields={"Idempotency-Key": idempotency_key},
            body={"exchange": exchange, "market": market, "step": step, "from": from_, "to": to,
                "priority": priority})

    def start_features(
        self, *, data: str, name: str, set: Optional[str] = None, columns: Optional[List[str]] = None,
        priority: Optional[int] = None, idempotency_key: Optional[str] = None
    ) -> Any:
        """Computes features of a dataset, and keeps them.

            data: a dataset's name, such as kraken/BTC-USD/1h
            name: what the set is called
            set: a built-in set of columns
            columns: or columns by name
            priority: the greater, the sooner; of the same, the older first
            idempotency_key: the same key with the same body is the same job, however often it is sent
        """
        return self._ask(
            "POST",
            "/api/v1/feature-sets",
            fields={"Idempotency-Key": idempotency_key},
            body={"data": data, "name": name, "set": set, "columns": columns, "priority": priority})

    def start_comparison(
        self, *, first: str, second: str, study: str, paths: Optional[int] = None,
        priority: Optional[int] = None, idempotency_key: Optional[str] = None
    ) -> Any:
        """Compares two versions of a model through a study.

            first: the version that is judged by, such as calm@champion
            second: the version that is judged, such as calm@candidate
            study: a study whose panel names agents:NAME@champion
            paths: of each scenario and severity; the study's unless given
            priority: the greater, the sooner; of the same, the older first
            idempotency_key: the same key with the same body is the same job, however often it is sent
        """
        return self._ask(
            "POST",
            "/api/v1/agent-comparisons",
            fields={"Idempotency-Key": idempotency_key},
            body={"first": first, "second": second, "study": study, "paths": paths, "priority": priority})

    def start_promotion(
        self, *, agent: str, alias: Optional[str] = None, study: Optional[str] = None,
        paths: Optional[int] = None, priority: Optional[int] = None, idempotency_key: Optional[str] = None
    ) -> Any:
        """Promotes a version of a model, through its gate.

            agent: the version, such as calm@candidate
            alias: what it shall be
            study: of the gate; those of earlier checks unless given
            paths: of each scenario and severity; the study's unless given
            priority: the greater, the sooner; of the same, the older first
            idempotency_key: the same key with the same body is the same job, however often it is sent
        """
        return self._ask(
            "POST",
            "/api/v1/promotions",
            fields={"Idempotency-Key": idempotency_key},
            body={"agent": agent, "alias": alias, "study": study, "paths": paths, "priority": priority})

    def list_jobs(
        self, *, state: Optional[str] = None, kind: Optional[str] = None, limit: Optional[int] = None,
        after: Optional[str] = None
    ) -> Any:
        """Lists jobs, the newest first.

            state: only of this state
            kind: only of this kind
            limit: how many are wanted at most; 50 unless given
            after: what the page before said in `next`
        """
        return self._ask(
            "GET",
            "/api/v1/jobs",
            query={"state": state, "kind": kind, "limit": limit, "after": after})

    def read_job(self, id: str) -> Any:
        """Reads how a job stands.

            id: of the job
        """
        return self._ask("GET", f"/api/v1/jobs/{_segment(id)}")

    def cancel_job(self, id: str) -> Any:
        """Stops a job: at once where it waits, else its process stops in order and can be gone on with.

            id: of the job
        """
        return self._ask("POST", f"/api/v1/jobs/{_segment(id)}/cancel")

    def resume_job(self, id: str) -> Any:
        """Goes on with a job that was stopped or failed.

            id: of the job
        """
        return self._ask("POST", f"/api/v1/jobs/{_segment(id)}/resume")

    def follow_job(
        self, id: str, *, from_: Optional[int] = None, last_event_id: Optional[int] = None
    ) -> Iterator[Event]:
        """Follows what a job tells as it goes, as server-sent events: `id` is where to go on, `data` a JSON
        object. The stream ends when the job is over.

            id: of the job
            from_: the same, for who cannot send headers
            last_event_id: where to go on
        """
        return self._follow(
            f"/api/v1/jobs/{_segment(id)}/events",
            query={"from": from_},
            fields={"Last-Event-ID": last_event_id})

    def read_log(self, id: str, *, bytes: Optional[int] = None) -> str:
        """Reads the end of what a job's process said on standard error.

            id: of the job
            bytes: at most; 65536 unless given
        """
        return self._ask("GET", f"/api/v1/jobs/{_segment(id)}/log", query={"bytes": bytes})

    def read_output(self, id: str) -> str:
        """Reads what a job's process said on standard output, such as the comparison of two agents.

            id: of the job
        """
        return self._ask("GET", f"/api/v1/jobs/{_segment(id)}/output")

    def follow_changes(self) -> Iterator[Event]:
        """Follows which jobs change, as server-sent events: `data` is the job as it stands then."""
        return self._follow("/api/v1/changes")

    def estimate_run(
        self, *, documents: List[str], study: Optional[str] = None, paths: Optional[int] = None,
        seed: Optional[int] = None, agents: Optional[List[str]] = None, risks: Optional[List[str]] = None,
        severities: Optional[List[float]] = None, folder: Optional[str] = None, priority: Optional[int] = None
    ) -> Any:
        """Says how much a run is, and about how long it takes, by the last runs here; starts nothing.

            documents: one study, or scenarios
            study: a study under which the scenarios run
            paths: of each scenario and severity; the study's unless given
            seed: what all draws follow from; the study's unless given
            agents: only these agents of the panel
            risks: only these risk profiles
            severities: of the events, in place of the study's
            folder: of the report beneath reports; the document's name unless given
            priority: the greater, the sooner; of the same, the older first
        """
        return self._ask(
            "POST",
            "/api/v1/estimates",
            body={"documents": documents, "study": study, "paths": paths, "seed": seed, "agents": agents,
                "risks": risks, "severities": severities, "folder": folder, "priority": priority})

    def list_reports(self, *, limit: Optional[int] = None, after: Optional[str] = None) -> Any:
        """Lists the reports of the workspace.

            limit: how many are wanted at most; 50 unless given
            after: what the page before said in `next`
        """
        return self._ask("GET", "/api/v1/reports", query={"limit": limit, "after": after})

    def read_report(self, name: str) -> Any:
        """Reads what a list tells of a report.

            name: the report's folder beneath reports
        """
        return self._ask("GET", f"/api/v1/reports/{_segment(name)}")

    def read_summary(self, name: str) -> Any:
        """Reads every number of a report with its interval and n (`summary.json`).

            name: the report's folder beneath reports
        """
        return self._ask("GET", f"/api/v1/reports/{_segment(name)}/summary")

    def list_charts(self, name: str) -> Any:
        """Lists the charts of a report.

            name: the report's folder beneath reports
        """
        return self._ask("GET", f"/api/v1/reports/{_segment(name)}/charts")

    def read_chart(self, name: str, chart: str) -> str:
        """Reads a chart of a report.

            name: the report's folder beneath reports
            chart: the chart's file
        """
        return self._ask("GET", f"/api/v1/reports/{_segment(name)}/charts/{_segment(chart)}")

    def replay_path(
        self, name: str, number: int, *, agent: Optional[str] = None, risk: Optional[str] = None,
        scenario: Optional[str] = None, severity: Optional[float] = None
    ) -> Any:
        """Lives through one path of a desk again, and tells it step by step.

            name: the report's folder beneath reports
            number: of the path
            agent: of the desk; needed where there are several
            risk: the desk's risk profile
            scenario: where the report has several
            severity: where the report has several
        """
        return self._ask(
            "GET",
            f"/api/v1/reports/{_segment(name)}/paths/{_segment(number)}",
            query={"agent": agent, "risk": risk, "scenario": scenario, "severity": severity})

    def compare_reports(self, *, baseline: str, candidate: str) -> Any:
        """Compares two reports desk by desk, path by path.

            baseline: the report that is judged by
            candidate: the report that is judged
        """
        return self._ask("GET", "/api/v1/comparisons", query={"baseline": baseline, "candidate": candidate})

    def list_agents(
        self, *, name: Optional[str] = None, limit: Optional[int] = None, after: Optional[str] = None
    ) -> Any:
        """Lists the versions of the models, by model and number.

            name: only of this model
            limit: how many are wanted at most; 50 unless given
            after: what the page before said in `next`
        """
        return self._ask("GET", "/api/v1/agents", query={"name": name, "limit": limit, "after": after})

    def read_agent(self, reference: str) -> Any:
        """Reads all that is known of a version: what it was trained on, validation, stress results, checks and
        decisions.

            reference: NAME:VERSION or NAME@ALIAS; a name alone means its champion, or else its candidate
        """
        return self._ask("GET", f"/api/v1/agents/{_segment(reference)}")

    def list_records(
        self, *, kind: Optional[str] = None, limit: Optional[int] = None, after: Optional[str] = None
    ) -> Any:
        """Lists trainings, searches and stress runs on record, the newest first.

            kind: only of this kind; trainings and searches unless given
            limit: how many are wanted at most; 50 unless given
            after: what the page before said in `next`
        """
        return self._ask("GET", "/api/v1/records", query={"kind": kind, "limit": limit, "after": after})

    def read_record(self, record: str) -> Any:
        """Reads all that is on record of a training, search or run, its trials or desks with it.

            record: the identifier of a run, its beginning (four digits or more), or a name, of which the newest
            is meant
        """
        return self._ask("GET", f"/api/v1/records/{_segment(record)}")

    def read_history(self, record: str, key: str) -> Any:
        """Reads a figure of a training at all of its steps, as for a learning curve.

            record: the identifier of a run, its beginning (four digits or more), or a name, of which the newest
            is meant
            key: the figure's name
        """
        return self._ask("GET", f"/api/v1/records/{_segment(record)}/metrics/{_segment(key)}")

    def list_data(self, *, limit: Optional[int] = None, after: Optional[str] = None) -> Any:
        """Lists datasets with their sources, gaps and feature sets, by name.

            limit: how many are wanted at most; 50 unless given
            after: what the page before said in `next`
        """
        return self._ask("GET", "/api/v1/data", query={"limit": limit, "after": after})

    def read_data(self, name: str) -> Any:
        """Reads where a dataset comes from, what was found in it and what was made of it.

            name: the dataset's name
        """
        return self._ask("GET", f"/api/v1/data/{_segment(name)}")

    def check_data(self, name: str) -> Any:
        """Says what may be wrong with the raw bars of a dataset, asset by asset; nothing is changed.

            name: the dataset's name
        """
        return self._ask("GET", f"/api/v1/data/{_segment(name)}/checks")

    def read_drift(self, name: str, *, against: Optional[str] = None, bars: Optional[int] = None) -> Any:
        """Holds the newest bars of a dataset against those that were trained on: quantiles side by side,
        Kolmogorov and Smirnov's distance, and how likely it is where neighbours have to do with each other.

            name: the dataset's name
            against: the dataset that was trained on; its bars that are older; the same one unless given
            bars: how many bars are the newest; a tenth of all, but no more than 500, unless given
        """
        return self._ask("GET", f"/api/v1/data/{_segment(name)}/drift", query={"against": against, "bars": bars})

    def list_monitors(self, *, limit: Optional[int] = None, after: Optional[str] = None) -> Any:
        """Lists the monitors.

            limit: how many are wanted at most; 50 unless given
            after: what the page before said in `next`
        """
        return self._ask("GET", "/api/v1/monitors", query={"limit": limit, "after": after})

    def read_monitor(self, name: str) -> Any:
        """Reads what a monitor watches.

            name: a monitor
        """
        return self._ask("GET", f"/api/v1/monitors/{_segment(name)}")

    def save_monitor(
        self, name: str, *, agent: str, study: str, risk: str, data: str, asset: Optional[str] = None,
        base: Optional[str] = None, window: Optional[int] = None, warmup: Optional[int] = None,
        alarm_bars: Optional[int] = None, reference: Optional[str] = None, poll_seconds: Optional[int] = None,
        exchange: Optional[str] = None, market: Optional[str] = None, step: Optional[str] = None
    ) -> Any:
        """Puts a monitor in its place. It trades on paper alone: no order ever leaves the machine.

            name: a monitor
            agent: a name of the study's panel, or of the model store such as agents:calm@champion
            study: the study that has the risk profile, and the agent
            risk: the risk profile, by its name in the study
            data: the bars, by their name in the data folder
            asset: which asset of the bars; the first unless given
            base: a scenario whose calendar, venue and liquidity count
            window: bars that the agent trades on paper
            warmup: bars before these, for its look-back
            alarm_bars: the newest bars that are held against the reference
            reference: data:NAME or a scenario that says what is usual
            poll_seconds: from one collection to the next; none unless given
            exchange: where newer bars are collected, such as kraken
            market: such as BTC/USD
            step: how long a bar lasts, such as 1h
        """
        return self._ask(
            "PUT",
            f"/api/v1/monitors/{_segment(name)}",
            body={"agent": agent, "study": study, "risk": risk, "data": data, "asset": asset, "base": base,
                "window": window, "warmup": warmup, "alarmBars": alarm_bars, "reference": reference,
                "pollSeconds": poll_seconds, "exchange": exchange, "market": market, "step": step})

    def remove_monitor(self, name: str) -> None:
        """Removes a monitor and what was computed for it; collected bars stay.

            name: a monitor
        """
        return self._ask("DELETE", f"/api/v1/monitors/{_segment(name)}")

    def read_monitor_state(self, name: str) -> Any:
        """Looks at a monitor now: the position on paper, limits, the last stress verdict, and alarms.

            name: a monitor
        """
        return self._ask("GET", f"/api/v1/monitors/{_segment(name)}/state")

    def read_health(self) -> str:
        """Says whether the server is there."""
        return self._ask("GET", "/healthz")

    def read_metrics(self) -> str:
        """Reads what the server counts, for Prometheus."""
        return self._ask("GET", "/metrics")

    def read_server(self) -> Any:
        """Says which program this is."""
        return self._ask("GET", "/api/v1")

    def log_in(self, *, token: str) -> None:
        """Gives a browser a cookie for the token.

            token: the server's token
        """
        return self._ask("POST", "/api/v1/session", body={"token": token})

    def log_out(self) -> None:
        """Takes the cookie back."""
        return self._ask("DELETE", "/api/v1/session")

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
