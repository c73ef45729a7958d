"""What people come to the lab for, page by page, done with a hand: a mouse, or keys alone."""

import re

from playwright.sync_api import expect

# So many paths that a run is still going when it is stopped, and soon over when it goes on.
LONG_RUN = "120000"
REPLAYED = "earlier"
LIGHT = [(1280, "light")]


def number_in(text):
    return float(re.search(r"[\d.,]+", text)[0].replace(",", ""))


class Errands:
    """All jobs of one hand on one tab. Where `looks` are given the pages are looked at on the way, as they stand then."""

    def __init__(self, hand, looks=()):
        self.hand, self.watched, self.looks = hand, hand.watched, looks
        self.tab = hand.tab
        self.file = f"scenarios/web/{hand.name}.json"

    def look(self, name):
        if self.looks:
            self.watched.look(name, self.looks)
        self.watched.where = f"{name}, {self.hand.name}"

    def at(self, name):
        self.watched.where = f"{name}, {self.hand.name}"

    def button(self, name, **more):
        return self.tab.get_by_role("button", name=name, **more)

    def go_to(self, place):
        """By the bar of places."""
        self.hand.press(self.tab.get_by_role("navigation", name="Places").get_by_role("link", name=place, exact=True))
        expect(self.tab.locator("nav.places [aria-current=page]")).to_have_text(place)

    def write_scenario(self):
        """Written with a mistake, told at its line, mended by the nearest name, looked at in its market, and kept."""
        self.at("the editor")
        self.go_to("Scenarios")
        self.hand.press(self.tab.get_by_role("link", name="New scenario"))
        area = self.tab.locator("textarea#text")
        good = self.tab.locator("p.check[data-state=good]")
        drawn = self.tab.locator("p.timing", has_text="Drawn in")
        pictures = self.tab.locator("[data-preview] svg.chart")
        expect(good).to_be_visible()
        expect(drawn).to_be_visible()
        expect(pictures.first).to_be_visible()

        line = 1 + area.input_value().split('"gbm"')[0].count("\n")
        self.hand.select_word(area, "gbm")
        self.tab.keyboard.type("gmb")
        problem = self.tab.locator("ol.problems li.wrong").filter(has_text='"gbm"')
        expect(problem).to_have_count(1)
        expect(problem.get_by_role("button", name=f"Line {line}, column")).to_have_text(re.compile(rf"^{line}:\d+$"))
        expect(self.tab.locator(".gutter .wrong")).to_have_text(str(line))
        expect(area).to_have_attribute("aria-invalid", "true")
        expect(self.tab.locator(".drawn.stale")).to_have_count(1)
        self.look("the editor with a mistake")
        if self.hand.name == "keyboard":
            area.press("F8")
            assert self.selected(area) == '"gmb"', f"F8 selects {self.selected(area)!r}"
        else:
            self.hand.press(problem.get_by_role("button", name="Line"))
            assert self.selected(area) == '"gmb"', f"the line's link selects {self.selected(area)!r}"
        self.hand.press(problem.get_by_role("button", name="Write gbm"))
        expect(good).to_be_visible()
        expect(self.tab.locator("ol.problems li")).to_have_count(0)
        expect(self.tab.locator(".drawn:not(.stale)")).to_have_count(1)

        self.complete(area)
        before = pictures.first.evaluate("svg => svg.outerHTML")
        typical = self.tab.locator("[data-numbers] input[data-name='/events/fall/drop/typical']")
        self.hand.write(typical, "0.25")
        self.tab.keyboard.press("Enter")
        expect(area).to_have_value(re.compile(r'"typical": 0\.25'))
        self.tab.wait_for_function("before => document.querySelector('[data-preview] svg.chart')?.outerHTML !== before", arg=before)
        expect(self.tab.locator(".drawn:not(.stale)")).to_have_count(1)
        self.hand.slide(self.tab.get_by_role("slider", name="Severity"), 1)
        expect(self.tab.locator("p.timing")).to_have_text(re.compile(r"Drawn in .* at severity 3\."))
        self.look("the editor with its preview")

        self.hand.write(self.tab.get_by_label("Its file"), self.file)
        self.hand.press(self.button("Save", exact=True))
        self.tab.wait_for_url(re.compile("/scenarios/"))
        expect(self.tab.locator("textarea#text")).to_have_value(re.compile(r'"typical": 0\.25'))

    def selected(self, area):
        return area.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")

    def complete(self, area):
        """What could stand there is offered, and taken."""
        self.hand.select_word(area, "gbm")
        self.tab.keyboard.type("he")
        self.tab.keyboard.press("Control+Space")
        offers = self.tab.get_by_role("listbox")
        expect(offers.get_by_role("option").first).to_contain_text("heston")
        if self.hand.name == "mouse":
            offers.get_by_role("option").first.click()
        else:
            self.tab.keyboard.press("Enter")
        expect(area).to_have_value(re.compile('"model": "heston"'))
        self.tab.keyboard.press("Control+Z")
        while '"model": "gbm"' not in area.input_value():
            self.tab.keyboard.press("Control+Z")
        expect(self.tab.locator("p.check[data-state=good]")).to_be_visible()

    def mend_and_save(self):
        """A document that is there is changed; the version before stays."""
        self.at("a document")
        self.watched.open(f"/scenarios/{self.file.replace('/', '%2F')}")
        area = self.tab.locator("textarea#text")
        expect(self.tab.locator("p.check[data-state=good]")).to_be_visible()
        self.hand.select_word(area, "fall")
        self.tab.keyboard.type("plunge")
        expect(self.tab.locator("p.check[data-state=good]")).to_be_visible()
        if self.hand.name == "keyboard":
            area.press("Control+s")
        else:
            self.hand.press(self.button("Save", exact=True))
        expect(self.tab.locator("form p.sent", has_text="Saved")).to_be_visible()
        self.watched.open(f"/scenarios/{self.file.replace('/', '%2F')}")
        expect(self.tab.locator("summary", has_text="Earlier versions")).to_be_visible()
        self.look("a document")

    def ask_more(self):
        """What a study asks is changed by its form: a limit, one criterion more, another one and that taken back."""
        self.at("a study")
        self.watched.open("/scenarios/scenarios%2Fweb%2Fstudy.json")
        area = self.tab.locator("textarea#text")
        good = self.tab.locator("p.check[data-state=good]")
        expect(good).to_be_visible()
        rows = self.tab.locator("[data-criteria] fieldset")
        had = rows.count()
        limit = rows.first.get_by_label("Limit")
        self.hand.write(limit, "a lot")
        self.tab.keyboard.press("Tab")
        expect(limit).to_have_attribute("aria-invalid", "true")
        self.hand.write(limit, "0.8")
        self.tab.keyboard.press("Tab")
        expect(area).to_have_value(re.compile(r'"measure": "survival", "atLeast": 0\.8 }'))
        more = self.button("Ask one more")
        self.hand.press(more)
        row = rows.nth(had)
        expect(row.get_by_label("Measure")).to_be_focused()
        self.hand.choose(row.get_by_label("Measure"), "largest loss on the way (lossExceedance)")
        self.hand.choose(row.get_by_label("Is to be"), "at most")
        self.hand.write(row.get_by_label("Limit"), "0.75")
        self.tab.keyboard.press("Tab")
        self.hand.write(row.get_by_label("Of losses over"), "0.5")
        self.tab.keyboard.press("Tab")
        expect(row).to_contain_text("a fraction: 0.05 is 5 %")
        expect(rows.first.get_by_label("Measure").locator("option:checked")).to_contain_text("(survival)")
        written = r'"measure": "lossExceedance", "loss": 0\.5, "atMost": 0\.75'
        expect(area).to_have_value(re.compile(written))
        self.hand.press(more)
        self.hand.press(self.button(f"Remove criterion {had + 2}"))
        expect(rows).to_have_count(had + 1)
        expect(self.button(f"Remove criterion {had + 1}")).to_be_focused()
        expect(area).to_have_value(re.compile(written))
        expect(good).to_be_visible()
        self.look("what a study asks")
        self.hand.press(self.button("Save", exact=True))
        expect(self.tab.locator("form p.sent", has_text="Saved")).to_be_visible()
        self.watched.open("/studies?study=scenarios%2Fweb%2Fstudy.json")
        expect(self.tab.locator("main")).to_contain_text("at most 75 %")

    def run_study(self):
        """A run is chosen, started, watched, stopped, gone on with, and its report opened."""
        self.at("studies")
        self.go_to("Studies")
        self.hand.choose(self.tab.get_by_label("Under which study"), "Small study (scenarios/web/study.json)")
        self.hand.press(self.button("Choose it"))
        expect(self.tab.get_by_role("heading", name="Small study")).to_be_visible()
        boxes = self.tab.locator("form#run")
        self.hand.tick(boxes.locator("input[value='scenarios/web/small.json']"))
        expect(boxes.locator("input[name=which][value=these]")).to_be_checked()
        self.hand.tick(boxes.locator("input[name=agents][value=hold]"))
        self.hand.tick(boxes.locator("input[name=risks][value=none]"))
        self.hand.write(boxes.get_by_label("Paths"), LONG_RUN)
        self.hand.write(boxes.get_by_label("Folder"), f"by-{self.hand.name}")
        expect(self.tab.locator("#estimate")).to_contain_text("120,000 paths")
        self.look("studies")
        self.hand.press(self.button("Start the run"))
        self.watch_run()

    def watch_run(self):
        self.tab.wait_for_url(re.compile("/jobs/"))
        self.at("a run")
        badge = self.tab.locator("#live .badge").first
        expect(self.tab.locator("#live .pace")).to_contain_text("paths a second")
        expect(self.tab.locator("table.desks tbody tr")).to_have_count(2)
        expect(self.tab.locator("table.desks tbody tr").first.locator("td").nth(3)).to_contain_text("to")
        self.hand.press(self.button("Stop", exact=True))
        dialog = self.tab.get_by_role("dialog")
        expect(dialog).to_be_visible()
        self.hand.press(dialog.get_by_role("button", name="Stop", exact=True))
        expect(badge).to_have_text("cancelled")
        expect(self.tab.locator("#live section svg.chart").first).to_be_visible()
        expect(self.tab.locator("ol.ruins li").first).to_be_visible()
        stopped = number_in(self.tab.locator("table.desks tbody td").first.inner_text())
        self.look("a run that was stopped")
        self.hand.press(self.button("Go on"))
        expect(badge).to_have_text(re.compile("finished|missed"))
        paths = self.tab.locator("table.desks tbody td").first
        expect(paths).to_have_text("120,000")
        if not 0 < stopped < 120_000:
            self.watched.complain(f"it was stopped at {stopped} paths")
        self.look("a run that is over")
        self.hand.press(self.tab.get_by_role("link", name="Open the report"))
        self.tab.wait_for_url(re.compile(f"/reports/by-{self.hand.name}"))

    def replay(self):
        """A path of a report is lived through again under the slider."""
        self.at("a report")
        self.go_to("Reports")
        self.look("reports")
        self.hand.press(self.tab.locator(f"a[href='/reports/{REPLAYED}']"))
        expect(self.tab.frame_locator("iframe.report").get_by_role("heading", level=1)).to_have_text("Small study")
        self.hand.press(self.tab.locator("#replay summary", has_text="Replay a path"))
        self.hand.press(self.button("Replay", exact=True))
        step = self.tab.get_by_role("slider", name="Step")
        expect(step).to_be_visible()
        expect(self.tab.locator("#replay .now")).to_contain_text("equity")
        first = self.tab.locator("#replay .now").inner_text()
        self.hand.slide(step, 1)
        expect(self.tab.locator("#replay .now")).not_to_have_text(first)
        expect(self.tab.locator("#replay table.words tbody tr").first).to_be_visible()
        expect(self.tab.locator("#replay svg.chart")).to_have_count(2)
        self.look("a report with a replay")

    def compare_reports(self):
        self.at("comparisons")
        self.go_to("Reports")
        self.hand.press(self.tab.get_by_role("link", name="Compare reports"))
        self.hand.choose(self.tab.get_by_label("Judged by"), "earlier")
        self.hand.choose(self.tab.get_by_label("Judged", exact=True), "odd")
        self.hand.press(self.button("Compare"))
        page = self.tab.frame_locator("iframe.report")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("body")).to_contain_text("odd")
        self.look("reports side by side")

    def train(self):
        """A training is started from its page and watched until it is over."""
        self.at("trainings")
        self.watched.open("/trainings")
        self.look("trainings")
        self.hand.press(self.button("Train: A learner"))
        self.tab.wait_for_url(re.compile("/jobs/"))
        self.at("a training")
        for measure in ("return", "kl", "entropy"):
            expect(self.tab.locator(f"#live figure[data-measure={measure}] svg")).to_be_visible()
        expect(self.tab.locator("#live .pace")).to_contain_text("steps a second")
        self.hand.press(self.button("Stop", exact=True))
        self.hand.press(self.tab.get_by_role("dialog").get_by_role("button", name="Stop", exact=True))
        expect(self.tab.locator("#live .badge").first).to_have_text("cancelled")
        self.look("a training that was stopped")

    def promote(self):
        """Two versions are compared, and the newer one goes through the gate."""
        self.at("agents")
        self.go_to("Agents")
        self.look("agents")
        form = self.tab.locator("form#compare")
        self.hand.choose(form.get_by_label("Judged by"), "walker:1")
        self.hand.choose(form.get_by_label("Judged", exact=True), "walker:2")
        self.hand.choose(form.get_by_label("Through the study"), "scenarios/web/gate.json")
        self.hand.press(form.get_by_role("button", name="Compare"))
        self.tab.wait_for_url(re.compile("/jobs/"))
        self.at("a comparison of agents")
        expect(self.tab.locator("#live .badge").first).to_have_text(re.compile("finished|missed"))
        self.look("a comparison of agents")
        self.go_to("Agents")
        self.at("agents")
        form = self.tab.locator("form#promote")
        self.hand.choose(form.get_by_label("Version"), "walker:2")
        self.hand.choose(form.get_by_label("Through the study"), "scenarios/web/gate.json")
        self.hand.press(form.get_by_role("button", name="Promote"))
        dialog = self.tab.get_by_role("dialog")
        self.hand.press(dialog.locator("button[value=yes]"))
        self.tab.wait_for_url(re.compile("/jobs/"))
        self.at("a promotion")
        expect(self.tab.locator("#live .badge").first).to_have_text(re.compile("finished|missed"))
        self.look("a promotion")
        self.watched.open("/agents/walker")
        expect(self.tab.get_by_role("heading", name="walker", exact=True)).to_be_visible()
        self.look("an agent")

    def data(self):
        """Gaps of a dataset, and whether its newest bars drifted."""
        self.at("data")
        self.go_to("Data")
        self.look("data")
        self.hand.press(self.tab.get_by_role("link", name="coin/hour"))
        self.at("a dataset")
        expect(self.tab.get_by_role("heading", name=re.compile("Gaps"))).to_be_visible()
        self.hand.press(self.button("Look for drift"))
        self.tab.wait_for_url(re.compile("against="))
        expect(self.tab.locator("#main table").last).to_be_visible()
        self.look("a dataset")

    def overview(self):
        """It tells what was done."""
        self.at("the overview")
        self.go_to("Overview")
        expect(self.tab.locator("#over").get_by_role("row").first).to_be_visible()
        expect(self.tab.locator("main")).to_contain_text("Small study")
        self.look("the overview")
