"""A browser that sees all that a page does which it may not: asks another server for anything, complains in the console, breaks
its policy, says what nobody can read. What is found is a list of sentences."""

import pathlib
import re
import sys

from playwright.sync_api import Error, expect

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "pages"))
from visits import AXE, PROBES as REPORT_PROBES, RULES, RULES_OF_COLOURS  # noqa: E402

PROBES = pathlib.Path(__file__).with_name("probes.js").read_text()
# Width and colours; on the narrow and the dark ones less is asked, since they differ by less.
LOOKS = [(1280, "light"), (1280, "dark"), (420, "light"), (420, "dark")]
# How long something may take that a page does by itself, in milliseconds: a run, a training, a comparison among them.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
# What the pages are asked beside what reports are asked.
QUESTIONS = ["titles", "edges", "overlaps"]
REPORT_QUESTIONS = ["drawings", "headings", "shapes"]
# Of a page with hundreds of links so many are come to by Tab.
MOST_TABS = 120


def started(playwright, browser):
    """The system's browser, which finds no other server even where a page's policy let it ask."""
    return playwright.chromium.launch(
        executable_path=browser,
        args=[
            "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"])


class Watched:
    """A tab on a server. `changes` are pairs of a part of an address and what is made of the text that comes from there: how
    mistakes are planted, and how assets are tried without a build."""

    def __init__(self, browser, origin, changes=(), screenshots=None):
        self.origin, self.problems, self.screenshots = origin, [], screenshots
        self.expected = []
        self.where = "the start"
        self.context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(PATIENCE)
        self.tab = self.context.new_page()
        self.tab.on("request", self.saw_request)
        self.tab.on("console", self.saw_message)
        self.tab.on("pageerror", lambda error: self.complain(f"script error: {error}"))
        self.context.route(re.compile(rf"^(?!{re.escape(origin)}/|data:|about:|blob:)"), lambda route: route.abort())
        for part, change in changes:
            self.context.route(re.compile(part), self.changed(change))

    @staticmethod
    def changed(change):
        def answer(route):
            theirs = route.fetch()
            route.fulfill(response=theirs, body=change(theirs.text(), route.request.url))

        return answer

    def complain(self, words):
        self.problems.append(f"{self.where}: {words}")

    def saw_request(self, request):
        if not request.url.startswith((f"{self.origin}/", "data:", "about:", "blob:")):
            self.complain(f"a request to elsewhere: {request.url}")

    def saw_message(self, message):
        if message.type in ("error", "warning") and not any(part in message.text for part in self.expected):
            self.complain(f"console {message.type}: {message.text[:200]}")

    def open(self, address, name=None):
        """Opens a page of the server; its name stands before what is found there."""
        self.where = name or address
        answer = self.tab.goto(self.origin + address)
        if not answer or answer.status != 200:
            self.complain(f"it is answered with {answer.status if answer else 'nothing'}")
        return self

    def ask(self, question, probes=PROBES):
        return self.tab.evaluate(f"() => ({probes}).{question}()")

    def look(self, name, looks=LOOKS, by_keys=True):
        """Everything that somebody meets on the page as it stands, in the widths and colours; a picture of each."""
        self.where = name
        for width, colours in looks:
            self.where = f"{name} ({width}, {colours})"
            self.tab.set_viewport_size({"width": width, "height": 900})
            self.tab.emulate_media(color_scheme=colours, reduced_motion="reduce")
            # Charts follow the width a frame later than the window has it.
            self.tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            found = [problem for question in QUESTIONS for problem in self.ask(question)]
            found += [problem for question in REPORT_QUESTIONS for problem in self.ask(question, REPORT_PROBES)]
            if colours == "light" or width > 1000:
                found += self.accessibility(RULES if colours == "light" else RULES_OF_COLOURS)
            for problem in found:
                self.complain(problem)
            if self.screenshots:
                safe = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
                self.tab.screenshot(path=str(self.screenshots / f"{safe}-{width}-{colours}.png"), full_page=True, timeout=120_000)
        if by_keys:
            self.where = f"{name}, by Tab"
            self.rings()
        self.tab.set_viewport_size({"width": 1280, "height": 900})
        self.tab.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.where = name
        return self

    def accessibility(self, rules):
        self.tab.evaluate(AXE)
        result = self.tab.evaluate(
            "rules => axe.run(document, {resultTypes: ['violations'], runOnly: rules, iframes: false})", rules)
        return [
            f"axe-core, {one['id']}: {one['help']}; {len(one['nodes'])}, such as {one['nodes'][0]['html'][:140]}"
            for one in result["violations"]]

    def rings(self):
        """Tab comes to each control, and each shows that it has the focus."""
        self.tab.evaluate("() => { document.activeElement?.blur(); getSelection()?.removeAllRanges(); scrollTo(0, 0) }")
        seen = set()
        for _ in range(MOST_TABS):
            # In the editor Tab indents; Escape lets it leave.
            if self.tab.evaluate("() => document.activeElement?.closest('.code') !== null && document.activeElement?.localName === 'textarea'"):
                self.tab.keyboard.press("Escape")
            self.tab.keyboard.press("Tab")
            said = self.ask("focused")
            if said is None or said["name"].startswith("iframe"):
                break
            if said["problem"] and said["problem"] not in seen:
                seen.add(said["problem"])
                self.complain(said["problem"])

    def attempt(self, part, *given):
        """A job; where it cannot be done, that is what is found."""
        try:
            part(self, *given)
        except (Error, AssertionError) as error:
            words = " ".join(re.sub(r"\x1b\[[\d;]*m", "", str(error)).split())
            self.complain(f"cannot be done: {words[:600]}")
            if self.screenshots:
                self.tab.screenshot(path=str(self.screenshots / f"failed-{part.__name__}.png"), full_page=True, timeout=120_000)
