"""Does training on stress make an agent safer? The table of docs/robust-training.md, from training to print.

    python3 .make/robust.py STRESSLAB [--paths N] [--seeds 1,2,3,4,5]

Trains both documents of scenarios/training with every seed under agents/, runs all agents alone and behind house rules over
paths that none was trained or judged on, and writes the table between the marks in docs/robust-training.md. Differences are
paired: the same paths, calm-trained less stress-trained, seed by seed; the interval is Student's over the seeds' means, so
that it speaks of trainings, not of paths alone.
"""

import argparse
import json
import math
import sqlite3
import subprocess
from pathlib import Path

FAMILIES = [
    ("calm", "scenarios/training/markets/shock.json", 0),
    ("trained family: shocks", "scenarios/training/markets/shock.json", 1),
    ("a crash", "scenarios/signal-crash.json", 1),
    ("never seen: gaps in a dry market", "scenarios/training/markets/gap.json", 1),
]
# Student's t, 97.5 %, by degrees of freedom: scipy.stats.t.ppf(0.975, n) of scipy 1.17.1.
STUDENT = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("stresslab")
    parser.add_argument("--paths", type=int, default=10000)
    parser.add_argument("--seeds", default="1,2,3,4,5")
    return parser.parse_args()


def train(stresslab, seeds):
    for name in ("calm", "stress"):
        command = [stresslab, "train", f"scenarios/training/{name}.json", "--seeds", seeds, "--out", f"agents/{name}"]
        subprocess.run(command + ["--overwrite"], check=True)


def study(seeds, paths):
    default = json.loads(Path("scenarios/studies/trained-agents.json").read_text())
    panel = {
        f"{name}-{seed}": {"model": "policy", "folder": str(Path(f"agents/{name}/seed-{seed}").resolve())}
        for name in ("calm", "stress")
        for seed in seeds.split(",")
    }
    files = sorted({str(Path(file).resolve()) for _, file, _ in FAMILIES})
    return {
        "stresslab": "study/1",
        "title": "Does training on stress make an agent safer?",
        "scenarios": files,
        "severities": [0, 1],
        "account": {"equity": 1500000},
        "panel": panel,
        "risk": default["risk"],
        "monteCarlo": {"paths": paths, "seed": 2},
    }


def outcomes(store):
    """Survival and return of each desk on each path, by (scenario, severity, agent, risk)."""
    rows = {}
    query = "select scenario, severity, agent, risk, path, cause, finalEquity / startEquity - 1 from results"
    for scenario, severity, agent, risk, path, cause, earned in store.execute(query):
        rows.setdefault((scenario, severity, agent, risk), {})[path] = (cause == "none", earned)
    return rows


def mean(values):
    return sum(values) / len(values)


def over_seeds(values):
    centre = mean(values)
    if len(values) < 2:
        return f"{100 * centre:.2f}"
    spread = math.sqrt(sum((value - centre) ** 2 for value in values) / (len(values) - 1) / len(values))
    half = STUDENT[len(values) - 1] * spread
    return f"{100 * centre:.2f} [{100 * (centre - half):.2f}, {100 * (centre + half):.2f}]"


def table(rows, seeds):
    lines = [
        "| paths | agent | survives, % | mean return, % |",
        "|---|---|---|---|",
    ]
    for title, file, severity in FAMILIES:
        scenario = Path(file).stem
        def column(agent, risk, index):
            return [
                mean([outcome[index] for outcome in rows[scenario, severity, f"{agent}-{seed}", risk].values()])
                for seed in seeds
            ]
        for agent, risk, name in (
            ("calm", "none", "calm-trained"),
            ("stress", "none", "stress-trained"),
            ("calm", "house", "calm-trained, house rules"),
        ):
            survival, earned = (over_seeds(column(agent, risk, index)) for index in (0, 1))
            lines.append(f"| {title} | {name} | {survival} | {earned} |")
        def difference(index, other):
            result = []
            for seed in seeds:
                ours = rows[scenario, severity, f"stress-{seed}", "none"]
                theirs = rows[scenario, severity, f"calm-{seed}", other]
                result.append(mean([ours[path][index] - theirs[path][index] for path in ours]))
            return over_seeds(result)
        for other, name in (("none", "calm-trained"), ("house", "calm-trained, house rules")):
            lines.append(
                f"| {title} | *stress-trained less {name}* | {difference(0, other)} | {difference(1, other)} |")
    return "\n".join(lines)


def main():
    options = arguments()
    train(options.stresslab, options.seeds)
    Path("agents/robust-training.json").write_text(json.dumps(study(options.seeds, options.paths), indent=2))
    command = [options.stresslab, "run", "agents/robust-training.json", "--out", "reports/robust-training", "--overwrite"]
    subprocess.run(command + ["--quiet"], check=True)
    with sqlite3.connect("reports/robust-training/results.sqlite") as store:
        text = table(outcomes(store), options.seeds.split(","))
    page = Path("docs/robust-training.md")
    before, _, rest = page.read_text().partition("<!-- table -->\n")
    _, _, after = rest.partition("<!-- end of table -->\n")
    page.write_text(f"{before}<!-- table -->\n{text}\n<!-- end of table -->\n{after}")
    print(text)


main()
