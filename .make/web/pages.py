"""Works with the lab in a browser as people do: writes, runs, watches, reads, compares, trains and promotes, once by mouse and
once by keys alone, and looks at every page in light and dark, wide and narrow.

    .venv/bin/python .make/web/pages.py .build/release/stresslab [--browser PATH] [--quick] [--only WORD] [--screenshots DIR]
    .venv/bin/python .make/web/pages.py .build/release/stresslab --picture docs/serve.png

Every page has to be clean by axe-core's rules for WCAG 2.2 AA, to ask no other server for anything, to leave the console empty,
to be no wider than its window, and to show the focus. Then mistakes are planted in what the server answers, and each has to be
found.
"""

import argparse
import pathlib
import sys
import tempfile
import time

from playwright.sync_api import expect, sync_playwright

import watch
from errands import Errands
from fingers import Keys, Mouse
from picture import take_picture
from planted import missed
from workspace import ROOT, Lab

# In the order in which they need each other.
ERRANDS = ["write_scenario", "mend_and_save", "ask_more", "run_study", "replay", "compare_reports", "train", "promote", "data", "overview"]
# Pages that no errand comes to, or in another state.
PAGES = {
    "the overview": "/", "scenarios": "/scenarios", "an odd document": "/scenarios/scenarios%2Fweb%2Fodd.json",
    "a study": "/scenarios/scenarios%2Fweb%2Fstudy.json", "a training document": "/scenarios/scenarios%2Ftraining%2Fcalm.json",
    "a search": "/scenarios/scenarios%2Ftuning%2Fexample.json", "a new study": "/new/study", "a new training": "/new/training",
    "a new search": "/new/tuning", "studies": "/studies", "reports": "/reports", "a report": "/reports/odd",
    "comparisons": "/comparisons", "agents": "/agents", "trainings": "/trainings", "an agent": "/agents/walker", "data": "/data",
    "a dataset": "/data/coin%2Fhour", "monitors": "/monitors",
}
# What the quick way does: one job by mouse, one by keys.
QUICK = {"mouse": ["replay"], "keyboard": ["write_scenario"]}
BRIEFLY = [(1280, "light"), (420, "dark")]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--browser", default="/usr/bin/chromium", help="Chromium or Chrome of this system")
    parser.add_argument("--quick", action="store_true", help="every page, one job by mouse and one by keys")
    parser.add_argument("--only", default="", help="only pages and jobs with this in their name, and no planted mistakes")
    parser.add_argument("--screenshots", type=pathlib.Path, help="pictures of every page go into this folder")
    parser.add_argument("--assets", type=pathlib.Path, help="scripts and styles of this folder in place of the program's")
    parser.add_argument("--picture", type=pathlib.Path, help="only make the picture of the README")
    return parser.parse_args()


def assets_of(folder):
    """The changes that put a folder's scripts and styles in place of those inside the program."""
    def newest(text, address):
        file = folder / address.rsplit("/", 1)[1].split("?")[0]
        return file.read_text() if file.is_file() else text

    return [(r"/assets/[\w-]+\.(js|css)$", newest)] if folder else []


def settle(tab):
    """A page whose scripts have asked for what they show: its editor has judged the text, its preview is drawn."""
    for kind, done in (("[data-editor]", "p.check[data-state]"), ("[data-preview]", "[data-preview] svg.chart"),
                       ("[data-numbers]", "[data-numbers] > *"), ("#replay", "#replay details")):
        if tab.locator(kind).count():
            expect(tab.locator(done).first).to_be_visible()


def look_at_pages(watched, options):
    for name, address in PAGES.items():
        if options.only not in name:
            continue
        watched.open(address, name)
        watched.attempt(lambda watched: settle(watched.tab))
        watched.look(name, BRIEFLY if options.quick else watch.LOOKS, by_keys=not options.quick)


def do_errands(watched, hand, options):
    errands = Errands(hand(watched), () if options.quick or hand is Keys else watch.LOOKS)
    watched.open("/")
    done = 0
    for name in QUICK[errands.hand.name] if options.quick else ERRANDS:
        if options.only in name:
            watched.attempt(lambda _: getattr(errands, name)())
            done += 1
    return done


def main():
    options = arguments()
    begun = time.monotonic()
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="stresslab-web-") as folder, sync_playwright() as playwright:
        lab = Lab(options.program, folder)
        lab.fill()
        made = time.monotonic()
        lab.serve()
        browser = watch.started(playwright, options.browser)
        try:
            changes = assets_of(options.assets)
            if options.picture:
                take_picture(browser, lab.origin, changes, options.picture)
                return
            problems, done = [], 0
            tabs = {}
            for name, work in (("pages", look_at_pages), ("mouse", lambda one, given: do_errands(one, Mouse, given)),
                               ("keyboard", lambda one, given: do_errands(one, Keys, given))):
                watched = watch.Watched(browser, lab.origin, changes, options.screenshots)
                done += work(watched, options) or 0
                problems += watched.problems
                watched.context.close()
            not_found = [] if options.only else missed(browser, lab.origin, changes, 3 if options.quick else None)
        finally:
            browser.close()
            lab.close()
    for problem in dict.fromkeys(problems):
        print(problem, file=sys.stderr)
    for words in not_found:
        print(f"A planted mistake was not found. {words}", file=sys.stderr)
    if problems or not_found:
        sys.exit(f"web pages: {len(problems)} problems, {len(not_found)} planted mistakes not found")
    print(f"web pages: {len(PAGES)} pages looked at, {done} jobs done, in {time.monotonic() - begun:.0f} s, {made - begun:.0f} s of them "
          "for the workspace.")


if __name__ == "__main__":
    main()
