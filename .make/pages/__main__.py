"""Looks at the pages of reports as readers do: in a browser, with a pointer, with keys alone, on paper, without scripts.

    .venv/bin/python .make/pages .build/release/stresslab [--browser PATH] [--printed-pages N] [--folder DIR] [--only WORD]

Reports are made of the repository's scenarios and studies, with few paths, and of studies that are written here: one desk on
one path, desks that never trade, names of 70 characters and of scripts from right to left. Their pages are opened in light and
dark, 1,280 and 420 units wide. Each check has to find a mistake that is planted for it in a copy of a page, or it counts as
broken (planted.py).
"""

import argparse
import concurrent.futures
import multiprocessing
import os
import pathlib
import re
import sys
import tempfile
import time

import checker
import files
import planted
import reports
import visits

# How many pages the demo's report may have on paper.
PRINTED_PAGES = 15
# Pages beside a report that are alike: of each kind the largest is looked at in the browser.
ALIKE = ("desk-", "market-", "agent-")
# The reports of which those are looked at in every way; of the others, whose pages are of the same kinds, in one: narrow, by
# keys, by all rules of axe-core.
IN_FULL = (reports.DEMO, "long names")
BRIEFLY = [(420, "light")]
# Up to so many charts in files of their own are a task.
DRAWINGS = 300


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="Chromium or Chrome of this system")
    parser.add_argument("--printed-pages", type=int, default=PRINTED_PAGES, help="the demo's report has at most so many")
    parser.add_argument("--folder", type=pathlib.Path, help="keep the reports here")
    parser.add_argument("--only", default="", help="only reports with this in their name, and no planted mistakes")
    return parser.parse_args()


def looked_at(folder):
    """A report's pages that are opened: all, but of those that are alike the largest alone."""
    pages = sorted(folder.glob("*.html"), key=lambda page: (-page.stat().st_size, page.name))
    kinds = [[page for page in pages if page.name.startswith(kind)] for kind in ALIKE]
    return [page for page in pages if not any(page in kind[1:] for kind in kinds)]


def tasks(folders, most_printed):
    """What is to be done in the browser, the longest first, so that no core waits at the end."""
    all_tasks = []
    for folder in folders:
        for page in looked_at(folder):
            size = page.stat().st_size
            is_brief = folder.name not in IN_FULL and page.name.startswith(ALIKE)
            if is_brief:
                all_tasks += [(size, visits.look, (page, look)) for look in BRIEFLY]
                continue
            all_tasks += [(size, visits.look, (page, look, look == visits.LOOKS[0])) for look in visits.LOOKS]
            limit = most_printed if folder.name == reports.DEMO and page.name == "index.html" else None
            all_tasks.append((2 * size, visits.printed, (page, limit)))
        drawings = sorted(folder.glob("charts/*.svg"))
        for first in range(0, len(drawings), DRAWINGS):
            some = drawings[first:first + DRAWINGS]
            all_tasks.append((sum(file.stat().st_size for file in some), visits.drawing_files, (some,)))
    return [(task, given) for _, task, given in sorted(all_tasks, key=lambda task: -task[0])]


def summary(problems, most=3):
    """A few of each page's problems of a kind, and how many more there are."""
    alike = {}
    for problem in problems:
        alike.setdefault(re.sub(r"[\d.,]+|“.*", "0", problem), []).append(problem)
    for some in alike.values():
        yield from some[:most]
        if len(some) > most:
            yield f"    … and {len(some) - most} more like this"


def main():
    options = arguments()
    started = time.monotonic()
    program = pathlib.Path(options.program).resolve()
    with tempfile.TemporaryDirectory(prefix="stresslab-pages-") as temporary:
        folder = options.folder or pathlib.Path(temporary)
        workers = max(2, os.cpu_count() or 2)
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            folders = list(pool.map(lambda make: make(program, folder), reports.wanted(options.only)))
        if not options.only:
            folders.append(reports.list_of_reports(program, folder))
        made = time.monotonic()

        pages = [page for each in folders for page in sorted(each.glob("*.html"))]
        # A browser in a process of its own for each core; the checker of HTML runs beside them.
        context = multiprocessing.get_context("spawn")
        with concurrent.futures.ProcessPoolExecutor(workers, context, visits.use, (options.browser,)) as pool:
            nu = pool.submit(checker.complaints, pages)
            visiting = [pool.submit(task, *given) for task, given in tasks(folders, options.printed_pages)]
            sown = []
            if not options.only:
                copies = pathlib.Path(temporary) / "planted"
                sown = [pool.submit(planted.missed, *each) for each in planted.plant(folder / reports.DEMO, copies)]
                sown.append(pool.submit(planted.missed_in_drawing, planted.drawings(copies)))
            problems = [problem for page in pages for problem in files.complaints(page)]
            problems += [problem for visit in visiting for problem in visit.result()]
            problems += [f"{page}: {text}" for page, text in nu.result()]
            missed = [text for each in sown for text in each.result()]

        for text in summary([problem.replace(f"{folder}/", "") for problem in problems]):
            print(text, file=sys.stderr)
        for text in missed:
            print(f"A planted mistake was not found. {text}", file=sys.stderr)
        if problems or missed:
            sys.exit(f"pages: {len(problems)} problems, {len(missed)} planted mistakes not found")
        seconds = time.monotonic() - started
        print(
            f"pages: {len(folders)} reports, {len(pages)} pages, {len(visiting)} visits and {len(sown)} copies with planted "
            f"mistakes, in {seconds:.0f} s, {made - started:.0f} s of them for the reports.")


if __name__ == "__main__":
    main()
