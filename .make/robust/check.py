"""The study of docs/robust-training.md in small, from training to page, and its statistics against other people's.

    python3 .make/robust/check.py STRESSLAB

Trains three seeds of each kind for a few updates, is killed in the middle and goes on; what the page says is found again
by SQL in the stores and in the program's own summaries, and the second call of the command does nothing twice.
"""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import estimates
import tables

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ["1", "2", "3"]
PATHS = 64


def close(a, b, tolerance):
    return abs(a - b) <= tolerance * max(1, abs(b))


def statistics():
    """Student's law, means and shortfalls against scipy's, numpy's and rliable's figures under fixtures/statistics."""
    fixtures = ROOT / "fixtures/statistics"
    means = json.loads((fixtures / "means.json").read_text())
    tested = 0
    for row in means["critical"]:
        if row["degrees"] in range(1, 1000):
            ours = estimates.student(1 - row["confidence"], int(row["degrees"]))
            # The tail is one less a sum, good to some 1e-16 of one.
            assert close(ours, row["student"], 1e-9 + 1e-15 / (1 - row["confidence"])), (row, ours)
            tested += 1
    assert tested > 3, "no critical values in the fixture"
    comparisons = json.loads((fixtures / "comparisons.json").read_text())
    for row in comparisons["cases"]:
        assert close(estimates.interquartile_mean(row["differences"]), row["interquartileMean"], 1e-12), row
    for row in comparisons["profiles"]:
        ours = estimates.profile(row["values"], row["levels"])
        assert all(close(a, b, 1e-12) for a, b in zip(ours, row["shares"], strict=True)), (row, ours)
    for row in json.loads((fixtures / "tail-risk.json").read_text())["cases"]:
        ours = estimates.expected_shortfall([-loss for loss in row["losses"]], 1 - row["level"])
        assert close(ours, row["shortfall"], 1e-9), (row["level"], ours, row["shortfall"])
    # By hand: the mean of 1, 2, 6 is 3, its standard error the root of 7/3; scipy.stats.t.ppf(0.975, 2) is 4.302653.
    centre, low, high = estimates.over_seeds([1.0, 2.0, 6.0], 0.05)
    half = 4.302652729911275 * (7 / 3) ** 0.5
    assert close(centre, 3, 1e-12) and close(high, 3 + half, 1e-9) and close(low, 3 - half, 1e-9), (low, high)
    assert estimates.over_seeds([2.0, 2.0], 0.05) == (2.0, None, None)
    low, high = estimates.resampled([[0.0, 1.0], [0.0, 1.0]], estimates.mean)
    assert (low, high) == (0.5, 0.5), "trainings are drawn whole"


def command(stresslab, folder):
    return [
        sys.executable, str(ROOT / ".make/robust"), stresslab, "--seeds", ",".join(SEEDS), "--paths", str(PATHS),
        "--steps", "100000", "--folder", str(folder / "study"), "--page", str(folder / "page.md"),
    ]


def rows(page, head):
    """The rows of the table whose head begins so, as lists of cells."""
    table = page[page.index(head):].split("\n\n")[0].split("\n")[2:]
    return [[cell.strip().strip("*") for cell in row.strip("|").split("|")] for row in table]


def numbers(cell):
    return [float(number) for number in re.findall(r"-?[0-9.]+", cell)]


def store(folder, family, risk):
    return sqlite3.connect(folder / "study/runs" / f"{family}-{risk}" / "results.sqlite")


SURVIVAL = "select avg(cause = 'none') from results where agent = ?"
EARNED = "select avg(finalEquity / startEquity) - 1 from results where agent = ?"


def of_seeds(folder, family, agent, query):
    kind, _, risk = agent.partition("/")
    with store(folder, family, risk or "none") as results:
        return [results.execute(query, [f"{kind}-{seed}"]).fetchone()[0] for seed in SEEDS]


def summarised(folder, family, agent, measure):
    """What the program's own summary says of a measure, by seed."""
    kind, _, risk = agent.partition("/")
    summary = json.loads((folder / "study/runs" / f"{family}-{risk or 'none'}" / "summary.json").read_text())
    desks = {desk["agent"]: desk for desk in summary["desks"]}
    return [desks[f"{kind}-{seed}"][measure]["value"] for seed in SEEDS]


def means(page, folder):
    titles = {title: family for family, title, _ in tables.FAMILIES}
    agents = {name: agent for agent, name in tables.AGENTS.items()}
    table = rows(page, "| paths | agent |")
    assert len(table) == len(titles) * len(agents), len(table)
    for title, name, *cells in table:
        family, agent = titles[title], agents[name]
        for cell, found, measure in (
            (cells[0], of_seeds(folder, family, agent, SURVIVAL), "survival"),
            (cells[1], summarised(folder, family, agent, "expectedShortfall"), "expectedShortfall"),
            (cells[2], of_seeds(folder, family, agent, EARNED), "finalReturnMean"),
        ):
            assert abs(numbers(cell)[0] - 100 * sum(found) / len(found)) < 0.006, (title, name, measure, cell, found)
            said = summarised(folder, family, agent, measure)
            assert all(close(a, b, 1e-9) for a, b in zip(found, said)), (title, name, measure, found, said)


def differences(page, folder):
    titles = {title: family for family, title, _ in tables.FAMILIES}
    table = rows(page, "| paths | difference |")
    assert len(table) == len(titles) * len(tables.PAIRS), len(table)
    count = int(re.search(r"The (\d+) intervals hold together", page)[1])
    shown = sum(bool(cell) for row in table for cell in row[2:])
    assert count == shown == 55, (count, shown)
    for place, (title, _, survival, _, earned) in enumerate(table):
        ours, theirs = tables.PAIRS[place % len(tables.PAIRS)]
        family = titles[title]
        cell, query = (earned, EARNED) if family == "pair" else (survival, SURVIVAL)
        pairs = zip(of_seeds(folder, family, ours, query), of_seeds(folder, family, theirs, query))
        found = [100 * (a - b) for a, b in pairs]
        centre = sum(found) / 3
        assert abs(numbers(cell)[0] - centre) < 0.006, (title, ours, theirs, cell, found)
        spread = (sum((value - centre) ** 2 for value in found) / 2 / 3) ** 0.5
        if len(numbers(cell)) == 3:
            assert abs(numbers(cell)[2] - centre - CRITICAL * spread) < 0.01, (title, ours, theirs, cell, found)
        else:
            assert spread < 1e-9, (title, cell, found)


# With two degrees of freedom Student's law has a closed form: P(|T| > t) = 1 - t/sqrt(2 + t²).
CRITICAL = (2 * (1 - 0.05 / 55) ** 2 / (1 - (1 - 0.05 / 55) ** 2)) ** 0.5


def middles(page, folder):
    for (name, runs, survival, _), agent in zip(rows(page, "| agent | runs |"), tables.AGENTS):
        found = sorted(
            value for family in ("drought", "gap", "broken-correlation", "jumps")
            for value in of_seeds(folder, family, agent, SURVIVAL))
        assert name == tables.AGENTS[agent] and int(runs) == len(found) == 12
        # Of twelve runs the middle six.
        assert abs(numbers(survival)[0] - 100 * sum(found[3:9]) / 6) < 0.006, (name, survival, found)
        profile = [row for row in rows(page, "| agent | over") if row[0] == name][0][1:]
        assert [int(share) for share in profile] == [
            round(100 * sum(value > level for value in found) / 12) for level in tables.LEVELS], (name, profile, found)


def trainings(folder):
    """All that was trained, byte for byte: a log says steps a second, so that no training comes out the same twice."""
    agents = folder / "study/agents"
    return {str(file.relative_to(agents)): file.read_bytes() for file in sorted(agents.rglob("*")) if file.is_file()}


def study(stresslab):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "page.md"
        page.write_text("Before.\n\n<!-- tables -->\nold\n<!-- end of tables -->\n\nAfter.\n")
        # Killed with all its trainings once the first of them is done.
        running = subprocess.Popen(
            command(stresslab, folder), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            start_new_session=True)
        kind, seed = re.fullmatch(r"trained: (\w+), seed (\d+)\n", running.stdout.readline()).groups()
        os.killpg(running.pid, signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL, "it ended before it could be killed"
        # Its trainings hold their folders until they are gone, which takes a moment on a busy machine; the pipe is theirs too.
        running.stdout.read()
        running.stdout.close()
        assert "old" in page.read_text(), "a page of a study that is not done"
        place = f"{kind}/seed-{seed}/"
        kept = {file: content for file, content in trainings(folder).items() if file.startswith(place)}
        subprocess.run(command(stresslab, folder), check=True, stdout=subprocess.DEVNULL)
        after = trainings(folder)
        again = [file for file, content in kept.items() if after[file] != content]
        assert kept and not again, f"{place} was trained twice: {again}"
        assert len(list(folder.rglob("agent.json"))) == 9, "not nine agents"
        text = page.read_text()
        assert text.startswith("Before.\n\n<!-- tables -->\n") and text.endswith("<!-- end of tables -->\n\nAfter.\n")
        means(text, folder)
        differences(text, folder)
        middles(text, folder)
        # A second call trains nothing and says the same; so do agents that are trained once more.
        shutil.rmtree(folder / "study/agents/cvar/seed-2")
        subprocess.run(command(stresslab, folder), check=True, stdout=subprocess.DEVNULL)
        last = trainings(folder)
        changed = {file.rsplit("/", 1)[0] for file in after if last[file] != after[file]}
        assert changed == {"cvar/seed-2"}, f"trained again: {changed}"
        assert page.read_text() == text, "the same trainings, another page"


def words():
    """What is bold and what is said, of made-up trainings whose differences are known.

    Stress-trained agents survive 40 points more often than calm-trained in a drought, by 39 and 41 in turn: a standard
    deviation of the root of 10/9, a standard error of a third, and 4.8494 of them to either side (Student's law, 9 degrees
    of freedom, 1 - 0.05/55). In a gap it is 1 and -1 in turn, in every other family nothing.
    """
    flat = {"survival": 0.5, "expected shortfall": 0.1, "mean return": 0.0}
    places = [(family, agent) for family, _, _ in tables.FAMILIES for agent in tables.AGENTS]
    values = {place: [dict(flat) for _ in range(10)] for place in places}
    for seed in range(10):
        sign = -1 if seed % 2 else 1
        values["drought", "stress"][seed]["survival"] = 0.9 + 0.01 * sign
        values["gap", "stress"][seed]["survival"] = 0.5 + 0.01 * sign
        values["pair", "cvar"][seed]["mean return"] = -0.02 + 0.001 * sign
    text = tables.page(values, 1)
    for line in (
        "| never seen: drought | stress-trained less calm-trained | **40.00 [38.38, 41.62]** | 0.00 |  |",
        "| never seen: a gap | stress-trained less calm-trained | 0.00 [-1.62, 1.62] | 0.00 |  |",
        "| never seen: drought | CVaR-trained less stress-trained | **-40.00 [-41.62, -38.38]** | 0.00 |  |",
        "| calm | CVaR-trained less calm-trained |  |  | **-2.00 [-2.16, -1.84]** |",
        "- stress-trained against calm-trained: survives more often (drought); "
        "survival not told apart (shocks, a gap, broken correlation, jumps); "
        "expected shortfall not told apart (shocks, drought, a gap, broken correlation, jumps); "
        "mean return not told apart (calm).",
    ):
        assert line in text, f"not on the page: {line}\n{text}"
    assert "earns less (calm)" in text and "survives less often (drought)" in text


def main():
    statistics()
    words()
    study(str(Path(sys.argv[1]).resolve()))
    print("The study of docs/robust-training.md in small: what the page says is in the stores; a killed one goes on.")


main()
