"""A workspace as somebody has it after a week, and the server on it: documents, an imported dataset, an agent in two versions, a
report, and names that would break pages that do not escape them."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What would become an element, were it not escaped; no line can break inside its last word.
ODD = '<b id="unescaped">Bold</b> & "quoted" ' + "Unbreakable" * 6

SCENARIO = {
    "stresslab": "scenario/1", "title": "Small crash", "description": "A stock that falls, on few steps.",
    "clock": {
        "step": "30m", "length": "6.5h", "warmup": "2h", "start": "2024-01-03",
        "calendar": {"model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York"}},
    "assets": {"AAA": {
        "price": 100, "process": {"model": "gbm", "annualVolatility": 0.4},
        "liquidity": {"halfSpreadBps": 1, "volumePerDay": 1e7, "depthTo1Percent": 1e5, "refillHalfLife": "20s"}}},
    "venue": {"takerFeeBps": 1, "initialMargin": 0.125, "maintenanceMargin": 0.05},
    "events": {"crash": {
        "model": "flashCrash", "asset": "AAA", "start": {"between": ["1h", "2h"]},
        "drop": {"low": 0.05, "typical": 0.15, "high": 0.3}, "fall": {"duration": "30m"},
        "recovery": {"fraction": 0.5, "halfLife": "1h"}, "multipliers": {"volatility": 3, "halfLife": "1h"}}}}

STUDY = {
    "stresslab": "study/1", "title": "Small study", "scenarios": ["small.json"], "severities": [0, 1],
    "panel": {"hold": {"model": "buyAndHold", "leverage": 6}, "careful": {"model": "buyAndHold", "leverage": 1}},
    "risk": {"none": {"rules": {}}}, "criteria": [{"measure": "survival", "atLeast": 0.9}],
    "monteCarlo": {"paths": 400, "seed": 7}}

GATE = {
    "stresslab": "study/1", "title": "Gate of walkers", "scenarios": ["small.json"], "severities": [1],
    "panel": {"trained": {"model": "policy", "folder": "agents:walker@champion"}},
    "risk": {"none": {"rules": {}}}, "monteCarlo": {"paths": 400, "seed": 7}}


def training(updates, leverage=2):
    """A training of some seconds; its model is called as its file."""
    return {
        "stresslab": "training/1", "title": "A walker", "scenarios": [{"file": "small.json"}],
        "observations": [{"model": "leverage"}, {"model": "position"}], "mandate": {"leverage": leverage}, "hidden": [4],
        "hyperparameters": {"totalSteps": updates * 128, "environments": 16, "rolloutSteps": 8, "minibatch": 64, "epochs": 1},
        "validation": {"paths": 8, "every": 2}, "seeds": [3]}


class Lab:
    """A workspace in a folder; with `serve` its server, which ends with this."""

    def __init__(self, program, folder):
        self.program, self.folder = pathlib.Path(program).resolve(), pathlib.Path(folder)
        self.server, self.origin = None, ""
        for name in ("scenarios", "fixtures"):
            shutil.copytree(ROOT / name, self.folder / name)

    def write(self, name, document):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(document, indent=2) + "\n")

    def environment(self):
        """Nothing of the user's own: neither records nor servers nor data."""
        return {key: value for key, value in os.environ.items() if not key.startswith(("STRESSLAB_", "MLFLOW_"))}

    def run(self, *arguments, codes=(0,)):
        done = subprocess.run(
            [self.program, *arguments], cwd=self.folder, env=self.environment(), capture_output=True, text=True)
        if done.returncode not in codes:
            raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}")

    def fill(self):
        """What a week leaves behind."""
        self.write("scenarios/web/small.json", SCENARIO)
        self.write("scenarios/web/odd.json", {**SCENARIO, "title": ODD, "description": ODD})
        self.write("scenarios/web/study.json", STUDY)
        self.write("scenarios/web/gate.json", GATE)
        self.write("scenarios/web/walker.json", training(6))
        self.run("train", "scenarios/web/walker.json", "--quiet", "--out", "trained/first")
        self.run("agents", "promote", "walker:1")
        self.write("scenarios/web/walker.json", training(10))
        self.run("train", "scenarios/web/walker.json", "--quiet", "--out", "trained/second")
        # A long one, that is still going when it is stopped.
        self.write("scenarios/web/learner.json", {**training(100_000), "title": "A learner"})
        self.run("run", "scenarios/web/study.json", "--quiet", "--out", "reports/earlier", codes=(0, 1))
        self.run("run", "scenarios/web/study.json", "--quiet", "--out", "reports/odd", "--seed", "8", codes=(0, 1))
        self.run("import", "fixtures/bars/coin_1h.csv", "--as", "coin/hour")

    def serve(self, *more):
        """Starts the server; its address is what it says on standard error."""
        self.server = subprocess.Popen(
            [self.program, "serve", "--port", "0", "--jobs", "2", *more], cwd=self.folder, env=self.environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        said = []
        for line in self.server.stderr:
            said.append(line)
            if found := re.search(r"StressLab is at (http://[\w.:]+)", line):
                self.origin = found[1]
                break
        # Whoever writes into a full pipe waits for ever: all that it says is read.
        threading.Thread(target=self.server.stderr.read, daemon=True).start()
        if not self.origin:
            raise SystemExit(f"the server did not start: {''.join(said)}")
        return self

    def close(self):
        """Ends the server as Ctrl-C does, and waits for it."""
        if not self.server:
            return
        self.server.terminate()
        self.server.wait()
        self.server = None
