"""Opens MLflow's pages of runs in a browser, and sees that they show what was logged: every parameter, figure and tag, and files.

    .venv/bin/python .make/mlflow_pages.py --browser chromium [--screenshot FILE] <RUNS

.make/mlflow, which starts the server, gives the runs as JSON on standard input: `url`, and of each of `runs` its `experiment`, `id`,
`name`, `params`, `metrics`, `tags`, `children` (names), `files` (at the top of its artefacts) and `previews` (pairs of a
file's path and words of it).
"""

import argparse
import json
import pathlib
import sys

from playwright.sync_api import expect, sync_playwright

sys.path.append(str(pathlib.Path(__file__).parent / "web"))
import watch  # noqa: E402

# The server is small and reads its pages' data one after the other.
PATIENCE = 90_000
expect.set_options(timeout=PATIENCE)


def tables(tab):
    """The rows of two cells that the page has, by the name of what is in the first column."""
    rows = tab.evaluate("""() => [...document.querySelectorAll('[role=row]')].map(
        row => [...row.querySelectorAll('[role=cell], [role=columnheader]')].map(cell => cell.innerText.trim()))""")
    found, current = {}, None
    for row in rows:
        if row in (["Metric", "Value"], ["Parameter", "Value"]):
            current = found.setdefault(row[0], {})
        elif current is not None and len(row) == 2:
            current[row[0]] = row[1]
    return found


def overview(tab, run):
    """Parameters to the letter, figures as numbers, tags."""
    expect(tab.get_by_role("heading", name=run["name"])).to_be_visible()
    expect(tab.get_by_text("Finished", exact=True)).to_be_visible()
    for name in run["children"]:
        expect(tab.get_by_text(name)).to_be_visible()
    for title, wanted in (("Metrics", run["metrics"]), ("Parameters", run["params"])):
        expect(tab.get_by_text(f"{title} ({len(wanted)})", exact=True)).to_be_visible()
    found = tables(tab)
    assert found.get("Parameter", {}) == run["params"], f"parameters of {run['name']}: {found.get('Parameter')}"
    figures = {name: float(value) for name, value in found.get("Metric", {}).items()}
    assert figures == run["metrics"], f"figures of {run['name']}: {figures}"
    text = tab.locator("body").inner_text()
    for name, value in run["tags"].items():
        assert f"{name}\n: {value}" in text, f"the tag {name} of {run['name']} is not shown as {value}"


def artefacts(tab, run):
    """Files at the top, and what is shown of some of them."""
    for name in run["files"]:
        expect(tab.get_by_text(name, exact=True).first).to_be_visible()
    for path, words in run["previews"]:
        *folders, name = path.split("/")
        for folder in folders:
            tab.get_by_text(folder, exact=True).first.click()
        tab.get_by_text(name, exact=True).first.click()
        where = tab.frame_locator("iframe").locator("body") if name.endswith(".html") else tab.locator("body")
        expect(where).to_contain_text(words)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--browser", required=True)
    arguments.add_argument("--screenshot", type=pathlib.Path, help="a picture of the last run's page, and of its files")
    chosen = arguments.parse_args()
    given = json.load(sys.stdin)
    with sync_playwright() as playwright:
        browser = watch.started(playwright, chosen.browser)
        context = browser.new_context(viewport={"width": 1500, "height": 1300})
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        pictures = chosen.screenshot
        for run in given["runs"]:
            page = f"{given['url']}/#/experiments/{run['experiment']}/runs/{run['id']}"
            tab.goto(page)
            overview(tab, run)
            if pictures:
                tab.screenshot(path=pictures)
            tab.goto(f"{page}/artifacts")
            artefacts(tab, run)
            if pictures:
                tab.screenshot(path=pictures.with_stem(f"{pictures.stem}-files"))
        browser.close()
    figures, params, tags = (sum(len(run[kind]) for run in given["runs"]) for kind in ("metrics", "params", "tags"))
    files = sum(len(run["files"]) + len(run["previews"]) for run in given["runs"])
    print(f"MLflow's pages of {len(given['runs'])} runs show {params} parameters, {figures} figures, {tags} tags and {files} files")


if __name__ == "__main__":
    main()
