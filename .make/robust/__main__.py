"""Does training on stress make an agent safer? The tables of docs/robust-training.md, from training to print.

    python3 .make/robust STRESSLAB [--seeds 1,2,…] [--paths N] [--steps N] [--folder FOLDER] [--page PAGE] [--jobs N]

Trains the three documents of scenarios/training/robust with every seed, runs all agents over the calm market, the
family that two kinds were trained on and four families that none was trained on, the calm-trained also behind house
rules, and writes the tables between the marks of the page. Nothing is done twice: the same command goes on where it was
stopped, in the middle of a training or of a run.
"""

import argparse
import concurrent.futures
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import tables

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "scenarios/training/robust"
KINDS = ("calm", "stress", "cvar")
# The seed of the paths. No training draws from the namespace of reports; seeds of trainings over 100 were tuned on.
PATHS_SEED = 2
START, END = "<!-- tables -->\n", "<!-- end of tables -->\n"


def arguments():
    parser = argparse.ArgumentParser(description="Trains, runs and writes the tables of docs/robust-training.md.")
    parser.add_argument("stresslab")
    parser.add_argument("--seeds", default=",".join(map(str, range(1, 11))), help="of the trainings")
    parser.add_argument("--paths", type=int, default=4000, help="of each family")
    parser.add_argument("--steps", type=int, help="of each training, in place of the documents' number")
    parser.add_argument("--folder", type=Path, default=Path("reports/robust-training"), help="for agents and runs")
    parser.add_argument("--page", type=Path, default=Path("docs/robust-training.md"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="trainings at a time")
    return parser.parse_args()


def document(kind, options):
    """The training document of a kind, with fewer steps where that was asked for."""
    original = DOCUMENTS / f"{kind}.json"
    if options.steps is None:
        return original
    short = options.folder / f"{kind}.json"
    write(short, {
        "stresslab": "training/1", "extends": str(original), "title": kind,
        "hyperparameters": {"totalSteps": options.steps},
    })
    return short


def write(file, content):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=2))


def call(command):
    subprocess.run([str(part) for part in command], check=True)


def train(options, seeds):
    def one(kind, seed, file):
        call([options.stresslab, "train", file, "--seeds", seed, "--out", options.folder / "agents" / kind,
              "--threads", 1, "--resume", "--quiet"])
        print(f"trained: {kind}, seed {seed}", flush=True)
    files = {kind: document(kind, options) for kind in KINDS}
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as workers:
        # Seed by seed, so that what there is after a while is of all kinds.
        waiting = [workers.submit(one, kind, seed, files[kind]) for seed in seeds for kind in KINDS]
        try:
            for training in waiting:
                training.result()
        except BaseException:
            workers.shutdown(cancel_futures=True)
            raise


def study(options, seeds, family, kinds, risk):
    shipped = json.loads((ROOT / "scenarios/studies/trained-agents.json").read_text())
    agents = (options.folder / "agents").resolve()
    return {
        "stresslab": "study/1",
        "title": "Does training on stress make an agent safer?",
        "scenarios": [str(DOCUMENTS / "markets" / f"{family}.json")],
        "severities": [0 if family == tables.CALM else 1],
        "account": {"equity": 1500000},
        "panel": {
            f"{kind}-{seed}": {"model": "policy", "folder": str(agents / kind / f"seed-{seed}")}
            for kind in kinds for seed in seeds
        },
        "risk": {risk: shipped["risk"][risk]},
        "monteCarlo": {"paths": options.paths, "seed": PATHS_SEED},
    }


def run(options, seeds, family, kinds, risk):
    """Runs a family and gives (survived, return) by path, by kind and seed."""
    folder = options.folder / "runs" / f"{family}-{risk}"
    file = options.folder / "studies" / f"{family}-{risk}.json"
    write(file, study(options, seeds, family, kinds, risk))
    call([options.stresslab, "run", file, "--out", folder, "--resume", "--quiet"])
    print(f"run: {family}, {risk}", flush=True)
    found = {}
    with sqlite3.connect(folder / "results.sqlite") as store:
        query = "select agent, cause = 'none', finalEquity / startEquity - 1 from results order by agent, path"
        for agent, survived, earned in store.execute(query):
            found.setdefault(agent, []).append((survived, earned))
    return found


def values(options, seeds):
    """The measures of each training, by (family, agent), in the order of the seeds."""
    found = {}
    for family, _, _ in tables.FAMILIES:
        for kinds, risk in ((KINDS, "none"), (("calm",), "house")):
            outcomes = run(options, seeds, family, kinds, risk)
            for kind in kinds:
                agent = kind if risk == "none" else f"{kind}/{risk}"
                found[family, agent] = [tables.figures(outcomes[f"{kind}-{seed}"]) for seed in seeds]
    return found


def main():
    options = arguments()
    seeds = options.seeds.split(",")
    before, mark, rest = options.page.read_text().partition(START)
    _, end, after = rest.partition(END)
    if not mark or not end:
        sys.exit(f"{options.page} has no place for the tables, {START.strip()} … {END.strip()}")
    try:
        train(options, seeds)
        text = tables.page(values(options, seeds), options.paths)
    except subprocess.CalledProcessError as failure:
        sys.exit(
            f"This failed: {' '.join(failure.cmd)}\n"
            f"The same command goes on. If seeds or paths are others than before, remove {options.folder}/runs first; if "
            f"documents or steps are, remove {options.folder}.")
    options.page.write_text(f"{before}{START}\n{text}\n{END}{after}")
    print(text)


main()
