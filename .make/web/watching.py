"""Watches a market by a monitor of a real server: newer bars come by its own collections from an exchange on this machine, what
the exchange refuses is an alarm, and a scenario that the market is unlike says so.

    python3 .make/web/watching.py PROGRAM
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

from lab import Failure, Server, workspace

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOUR = 3600
MONITOR = {
    "agent": "momentum", "study": "scenarios/studies/default.json", "risk": "house", "data": "kraken/BTC-USD/1h",
    "window": 60, "warmup": 100, "alarmBars": 8, "pollSeconds": 10, "exchange": "kraken", "market": "BTC/USD", "step": "1h"}
# A market that moves a hundredth of what the exchange's does.
CALM = {
    "stresslab": "scenario/1", "title": "Calm", "clock": {"step": "1h", "length": "20d", "calendar": {"model": "continuous"}},
    "venue": {"takerFeeBps": 1, "initialMargin": 0.25, "maintenanceMargin": 0.15},
    "assets": {"BTC-USD": {
        "price": 100, "process": {"model": "gbm", "annualVolatility": 0.05},
        "liquidity": {"halfSpreadBps": 1, "volumePerDay": 1e6, "depthTo1Percent": 1e4, "refillHalfLife": "20s"}}}}
FORM = {"X-StressLab-Request": "1"}


class Exchange:
    """`.make/exchange.py`, until it is closed."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, ROOT / ".make/exchange.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.world = f"http://127.0.0.1:{int(self.process.stdout.readline())}/w/one"

    def ask(self, path):
        # Not by a proxy, whatever the environment says.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.world + path, timeout=10) as answer:
            return answer.read().decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def state_when(server, what, is_so, name="btc"):
    """The monitor's state once it is as it should be: a collection comes every ten seconds."""
    for _ in range(240):
        state = server.need(200, "GET", f"/api/v1/monitors/{name}/state")
        if is_so(state):
            print(f"  {what}")
            return state
        time.sleep(0.5)
    raise Failure(f"never so: {what}; at last {json.dumps(state)[:3000]}")


def kinds(state):
    return {alarm["kind"] for alarm in state["alarms"]}


def watch(program, folder):
    # The hour that is going on, by the clock that the program has too.
    now = int(time.time()) // HOUR * HOUR
    with Exchange() as exchange:
        exchange.ask(f"/set?now={now - 5 * HOUR + 60}")
        surroundings = {"STRESSLAB_ADDRESS_KRAKEN": exchange.world, "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}
        with Server(program, workspace(folder), environment=surroundings) as server:
            (folder / "scenarios/calm.json").write_text(json.dumps(CALM))
            server.need(200, "PUT", "/api/v1/monitors/btc", MONITOR, FORM)
            text = lambda moment: time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment))
            first = state_when(
                server, "the bars that are over are at home, and none after them",
                lambda state: state["paper"] and state["newest"].startswith(text(now - 5 * HOUR)))
            last = exchange.ask(f"/truth?symbol=BTC/USD&step={HOUR}&from={now - 6 * HOUR}&to={now - 5 * HOUR}").split(",")
            held = first["paper"]["steps"][-1]
            if abs(held["close"] - float(last[4])) > 1e-9:
                raise Failure(f"the newest close is {held['close']}, at the exchange {last[4]}")
            if not first["paperOnly"] or "stale" not in kinds(first):
                raise Failure(f"five hours without a bar are no alarm: {kinds(first)}")
            exchange.ask(f"/set?now={now + 60}")
            later = state_when(
                server, "five bars later they are at home too, and the alarm is over",
                lambda state: state["newest"].startswith(text(now)) and "stale" not in kinds(state))
            if later["paper"]["steps"][-1]["time"] == held["time"]:
                raise Failure("the position on paper stands still")
            exchange.ask("/set?meta=1&faults=" + ",".join(["refused"] * 200))
            state_when(server, "what the exchange refuses is an alarm",
                       lambda state: any("Collecting ended" in alarm["words"] for alarm in state["alarms"]))
            exchange.ask(f"/set?now={now + 60}")
            state_when(server, "and it is over when the exchange answers again", lambda state: "failure" not in kinds(state))
            for name, more, isUnlike in [("before", {}, False), ("calm", {"reference": "scenarios/calm.json"}, True)]:
                still = {key: value for key, value in MONITOR.items() if key not in ("pollSeconds", "exchange", "market", "step")}
                server.need(200, "PUT", f"/api/v1/monitors/{name}", {**still, **more}, FORM)
                state = server.need(200, "GET", f"/api/v1/monitors/{name}/state")
                if not state["market"] or ("market" in kinds(state)) != isUnlike:
                    raise Failure(f"{name}: {json.dumps(state['market'])} {state['alarms']}")
                print(f"  held against {state['market']['reference']}: {'an alarm' if isUnlike else 'no alarm'}")
            if server.stop() != 0:
                raise Failure("the server does not end in order")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    given = parser.parse_args()
    print("A monitor, its collections and an exchange:")
    with tempfile.TemporaryDirectory() as place:
        watch(given.program, pathlib.Path(place) / "lab")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"{failure}")
