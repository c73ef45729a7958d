"""The reports whose pages are looked at: of the repository's scenarios and studies, and of some at the edges."""

import json
import pathlib
import subprocess

DEMO = "demo"
SCENARIOS = pathlib.Path("scenarios").resolve()

# As long as a name may get before a person gives up, in words, in one word, and from right to left.
LONG_NAMES = {
    "A mean-reverting holder of two large stocks that waits for calm weather": {"model": "buyAndHold", "leverage": 1},
    "MeanReversionBollingerBandsATRTrailingStopOptimisedForBTCUSDTPerpetual": {"model": "buyAndHold", "leverage": 8},
    "سياسة الاحتفاظ بالأسهم الكبيرة خلال الانهيار المفاجئ للسوق والتعافي منه": {"model": "buyAndHold", "leverage": 4},
    "אסטרטגיית מומנטום עם הגבלת הפסד יומית ומינוף גבוה במיוחד על מניות טכנו": {
        "model": "momentum", "fast": "10 steps", "slow": "50 steps", "leverage": 6,
    },
}
LONG_RISK = "a stop at three percent of the account, after the house's rules of 2024"
STOP = {"rules": {"stop": {"model": "stopLoss", "loss": 0.03}}}
FREE = {"rules": {}}


def run(program, folder, name, *words):
    out = folder / name
    command = [program, "run", *words, "--out", out, "--overwrite", "--quiet", "--threads", "1"]
    # 1 says that a criterion of the study is missed.
    status = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    assert status in (0, 1), f"{name}: the run ends with {status}"
    return out


def written(program, folder, name, study):
    """The report of a study that is written here."""
    document = folder / f"{name}.json"
    document.parent.mkdir(parents=True, exist_ok=True)
    study = {"stresslab": "study/1", "scenarios": [str(SCENARIOS / "flash-crash.json")], **study}
    document.write_text(json.dumps(study, ensure_ascii=False))
    return run(program, folder, name, document)


def demo(program, folder):
    """The kind that `make demo` makes: twelve desks, two of them trained, a ladder of severities."""
    return run(program, folder, DEMO, SCENARIOS / "signal-crash.json", "--paths", "100")


def one_path(program, folder):
    return run(program, folder, "one path", SCENARIOS / "flash-crash.json", "--paths", "1", "--agents", "hold", "--risk", "none")


def grid(program, folder):
    return run(program, folder, "grid", SCENARIOS / "studies/depth-and-drop.json", "--paths", "40")


def no_trades(program, folder):
    study = {"title": "Nobody trades", "panel": {"flat": {"model": "flat"}}, "risk": {"none": FREE}}
    return written(program, folder, "no trades", {**study, "monteCarlo": {"paths": 20, "seed": 1}})


def execution(program, folder):
    """A mandate to carry out an order, by schedules, by a trained agent, and not at all."""
    return run(program, folder, "execution", SCENARIOS / "studies/execution.json", "--paths", "100")


def replay(program, folder):
    """Recorded bars as they are: one path, no intervals, the measures of a backtest."""
    return run(program, folder, "replay", SCENARIOS / "autumn-2008.json")


def long_names(program, folder):
    study = {
        "title": "Who of those with the longest names survives it, and do the columns of the tables stand it?",
        "severities": [1], "panel": LONG_NAMES, "risk": {"none": FREE, LONG_RISK: STOP},
        "criteria": [{"measure": "survival", "atLeast": 0.9}],
        "monteCarlo": {"paths": 60, "seed": 1},
    }
    return written(program, folder, "long names", study)


def wanted(word):
    """Those with a word in their name; each is called with the program and a folder, and gives its report's folder."""
    return [make for make in (demo, grid, execution, long_names, comparison, replay, one_path, no_trades) if word in make.__name__]


def comparison(program, folder):
    """Pages of several reports beside them: twelve desks at two severities in three candidates, one desk, and no difference."""
    out = folder / "comparison"
    panel = {**LONG_NAMES, "hold": {"model": "buyAndHold", "leverage": 3}, "flat": {"model": "flat"}}
    stops = {
        "baseline": 0.03, "another stop": 0.05, "a folder whose name is as long as a name may get before a person gives up": 0.01,
        "a wide stop": 0.2,
    }

    def report(name, panel, risk, paths=60):
        monte_carlo = {"paths": paths, "seed": 1}
        study = {"title": name, "severities": [0, 1], "panel": panel, "risk": risk, "monteCarlo": monte_carlo}
        return written(program, out, name, study)

    reports = [
        report(name, panel, {"none": FREE, LONG_RISK: {"rules": {"stop": {"model": "stopLoss", "loss": loss}}}})
        for name, loss in stops.items()
    ]
    bold = {"bold": {"model": "buyAndHold", "leverage": 5}}
    single = report("one desk", {"bold": {**bold["bold"], "leverage": 3}}, {"none": FREE}), report("bolder", bold, {"none": FREE})
    for page, compared in (("many", reports), ("single", single), ("same", [reports[0], reports[0]])):
        command = [program, "compare", *compared, "--margin", "0.01", "--page", out / f"{page}.html", "--quiet"]
        # 1 says that a desk is worse.
        status = subprocess.run(command).returncode
        assert status in (0, 1), f"{page}: the comparison ends with {status}"
    return out


def list_of_reports(program, folder):
    """The page that lists the others, in a folder of its own that holds nothing but links to them."""
    out = folder / "list"
    out.mkdir(parents=True, exist_ok=True)
    for report in sorted(folder.iterdir()):
        if (report / "summary.json").exists():
            link = out / report.name
            link.is_symlink() or link.symlink_to(report, target_is_directory=True)
    subprocess.run([program, "report", out, "--index", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    return out
