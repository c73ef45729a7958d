"""Visits to a page: opened in a browser, looked at, worked by pointer and by keys, printed, and read without scripts.

Each gives a list of complaints. They run in processes that keep a browser each.
"""

import io
import pathlib

import axe_playwright_python
import playwright.sync_api
import pypdf

import hands

AXE = pathlib.Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
PROBES = pathlib.Path(__file__).with_name("probes.js").read_text()
# All rules for WCAG 2.2 A and AA, and what axe-core counts as good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# In dark, those that colours can break, on the wide page: all else was looked at in light, and no colour hangs on the width.
RULES_OF_COLOURS = ["cat.color"]

# Width and colours.
LOOKS = [(1280, "light"), (1280, "dark"), (420, "light"), (420, "dark")]
# What is left of a sheet within the margins that the page asks for, in units of 1/96 inch: as wide as A4, as high as US Letter.
SHEET = (680, 930)

# So many drawings in files of their own are looked at in one page.
TOGETHER = 50

# How long something may take that a person does, in milliseconds; loading has more.
PATIENCE = 4_000

sessions = {}


def use(browser):
    """Which browser this process starts once a visit needs one."""
    sessions["program"] = browser


def session(has_scripts=True):
    """This process's browser: the system's, never one that Playwright fetches; with scripts or without."""
    if "browser" not in sessions:
        driver = playwright.sync_api.sync_playwright().start()
        sessions["browser"] = driver.chromium.launch(
            executable_path=sessions["program"], args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
    if has_scripts not in sessions:
        sessions[has_scripts] = sessions["browser"].new_context(reduced_motion="reduce", java_script_enabled=has_scripts)
        sessions[has_scripts].set_default_timeout(PATIENCE)
    return sessions[has_scripts]


def open_tab(has_scripts):
    """The tab of this process in which all pages are opened one after the other: a new one for each costs more than a visit. What
    happens in it is told to the visit at hand."""
    name = f"tab {has_scripts}"
    if name not in sessions:
        tab = session(has_scripts).new_page()
        tab.route("**/*", lambda route: sessions["visit"].answer(route))
        tab.on("console", lambda message: sessions["visit"].problems.append(f"console {message.type}: {message.text}"))
        tab.on("pageerror", lambda error: sessions["visit"].problems.append(f"script error: {error}"))
        sessions[name] = tab
    return sessions[name]


class Visit:
    """A page that is open, and what it did that it may not: ask for anything, complain."""

    def __init__(self, page, width, height=800, colours="light", has_scripts=True):
        self.file, self.problems, self.knows_questions = page, [], False
        # Of controls of a kind every so many-th is worked.
        self.stride = 1
        self.tab = open_tab(has_scripts)
        sessions["visit"] = self
        self.tab.set_viewport_size({"width": width, "height": height})
        self.tab.emulate_media(media="null", color_scheme=colours, reduced_motion="reduce")
        self.tab.goto(page.absolute().as_uri(), timeout=60_000)

    def answer(self, route):
        if route.request.url.split("#")[0] == self.file.absolute().as_uri():
            return route.continue_()
        self.problems.append(f"a request: {route.request.url}")
        route.abort()

    def ask(self, question, *given):
        """One of the questions of probes.js."""
        if not self.knows_questions:
            self.tab.evaluate(f"window.probe = {PROBES}")
            self.knows_questions = True
        return self.tab.evaluate(f"given => probe.{question}(...given)", list(given))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tab.goto("about:blank")

    def attempt(self, part):
        """A part of a visit; what cannot be worked, since something hides or covers it, is a complaint too."""
        try:
            part(self)
        except playwright.sync_api.Error as error:
            self.problems.append(f"cannot be worked: {' '.join(str(error).split())[:400]}")


def named(page, where, problems):
    return [f"{page} ({where}): {problem}" for problem in problems]


def look(page, look, is_read_again=False):
    """Everything that a reader at a screen meets; where it is read again, also what one meets whose scripts are off."""
    width, colours = look
    with Visit(page, width, colours=colours) as visit:
        said = visit.tab.inner_text("main") if is_read_again else None
        for question in ("overflow", "drawings", "names", "headings", "shapes"):
            visit.problems += visit.ask(question)
        if colours == "light" or width > 1000:
            visit.problems += accessibility(visit, RULES if colours == "light" else RULES_OF_COLOURS)
        # In light each control is worked, by a pointer on the wide page, by keys on the narrow one; in dark, where the page is
        # the same but for its colours, some are, the other way round.
        visit.stride = 1 if colours == "light" else 5
        visit.attempt(hands.pointer if (width > 1000) == (colours == "light") else hands.keys)
        if visit.tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") != "auto":
            visit.problems.append("it moves for readers who asked for less motion")
        problems = named(page, f"{width}, {colours}", visit.problems)
    return problems + (without_scripts(page, said) if is_read_again else [])


def accessibility(visit, rules):
    visit.tab.evaluate(AXE)
    result = visit.tab.evaluate(
        "rules => axe.run(document, {resultTypes: ['violations'], runOnly: rules})", rules)
    return [
        f"axe-core, {violation['id']}: {violation['help']}; {len(violation['nodes'])}, such as {violation['nodes'][0]['html'][:120]}"
        for violation in result["violations"]
    ]


def without_scripts(page, said=None):
    """A page says the same where scripts are off; what it says with them a visit before may have heard."""
    if said is None:
        with Visit(page, 1280) as visit:
            said = visit.tab.inner_text("main")
    with Visit(page, 1280, has_scripts=False) as visit:
        still = visit.tab.inner_text("main")
        if still.split() != said.split():
            visit.problems.append(f"it says {len(still.split())} words without scripts, {len(said.split())} with them")
        if visit.tab.is_visible("#theme"):
            visit.problems.append("a button that does nothing without scripts")
        menu = visit.tab.locator("figure details summary")
        if menu.count():
            menu.first.click()
            if not visit.tab.is_visible("figure details[open] table"):
                visit.problems.append("a data table does not open without scripts")
        return named(page, "no scripts", visit.problems)


def printed(page, most):
    """A page on paper."""
    width, height = SHEET
    with Visit(page, width, height) as visit:
        visit.tab.emulate_media(media="print")
        visit.problems += visit.ask("paper", height)
        visit.tab.set_viewport_size({"width": 1280, "height": 800})
        # Also where a reader has opened the charts' tables before printing; what else is open, a reader wants on paper.
        visit.tab.evaluate("document.querySelectorAll('figure details').forEach(part => { part.open = true })")
        document = pypdf.PdfReader(io.BytesIO(visit.tab.pdf(format="A4", prefer_css_page_size=True)))
        count = len(document.pages)
        if most is not None and count > most:
            visit.problems.append(f"{count} printed pages, more than {most}")
        for number in sorted({1, count}):
            words = document.pages[number - 1].extract_text().split()
            if f"{number}/{count}" not in "".join(words):
                visit.problems.append(f"page {number} of {count} does not say so: … {' '.join(words[-8:])}")
        return named(page, "printed", visit.problems)


def drawing_files(drawings):
    """Charts in files of their own: nothing is cut, and each has its words. Many are put into one page, under each other."""
    folder = drawings[0].parent
    problems = []
    tab = session().new_page()
    tab.set_viewport_size({"width": 1280, "height": 800})
    for first in range(0, len(drawings), TOGETHER):
        texts = [(drawing.name, drawing.read_text()) for drawing in drawings[first:first + TOGETHER]]
        # In one page the rules of one drawing are those of all.
        assert len({text[text.find("<style>"):text.find("</style>")] for _, text in texts}) == 1, f"{folder}: drawings of several styles"
        tab.set_content("".join(f"<div id='{name}'>{text}</div>" for name, text in texts))
        tab.evaluate(f"window.probe = {PROBES}")
        problems += [problem for question in ("drawings", "names") for problem in tab.evaluate(f"probe.{question}()")]
    tab.close()
    return named(folder, "files", problems)
