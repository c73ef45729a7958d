"""Proves what the editor of the web pages knows of a document that is being written: where the caret stands, what could stand
there, what is wrong where.

    .venv/bin/python .make/web/test_scripts.py [--browser PATH] [--only WORD]

The scripts run as they are served, in a browser, against the schemas of the repository. Then mistakes are planted in copies of
them, and each has to be seen by a check.
"""

import argparse
import http.server
import json
import pathlib
import shutil
import sys
import threading

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
ASSETS = ROOT / "Sources/Server/Assets"
SCHEMAS = ROOT / "scenarios/schema"
MODULES = ("json-path", "schema", "completion", "common-numbers", "live-state")
NAMES = """
const modules = await Promise.all(MODULES.map((name) => import(`/assets/${name}.js`)));
Object.assign(window, ...modules);
window.schemas = {};
for (const kind of ["scenario", "study", "training", "tuning", "agent"]) {
  schemas[kind] = await (await fetch(`/schema/${kind}.json`)).json();
}
window.at = (text) => [text.replace("|", ""), text.indexOf("|")];
window.labels = (kind, text) => suggest(schemas[kind], ...at(text)).items.map((item) => item.label);
window.taken = (kind, text, label) => {
  const [plain, offset] = at(text);
  const found = suggest(schemas[kind], plain, offset);
  const item = found.items.find((one) => one.label === label);
  if (!item) return null;
  const caret = found.from + item.caret;
  const next = plain.slice(0, found.from) + item.insert + plain.slice(found.to);
  return next.slice(0, caret) + "|" + next.slice(caret);
};
window.help = (kind, text) => explain(schemas[kind], ...at(text)).words;
window.place = (text) => {
  const [plain, offset] = at(text);
  const { path, part, node } = placeAt(parse(plain), offset);
  return [pointer(path), part, node ? node.kind : null];
};
"""



def call(name, *given):
    """A call of one of the functions above."""
    return f"() => {name}({', '.join(json.dumps(one) for one in given)})"


def crash(text):
    """A scenario with an event that is being written."""
    return '{"stresslab": "scenario/1", "events": {"c": {"model": "flashCrash", ' + text + "}}}"


def process(text):
    """A scenario with a price process that is being written."""
    return '{"stresslab": "scenario/1", "assets": {"A": {"process": {' + text + "}}}}"


# Each a name, what is evaluated in the page, and what has to come of it; a list of one function says what has to be true.
CHECKS = [
    ("a whole document is read as the browser reads it",
     """() => { const value = (node) => node.kind === "object" ? Object.fromEntries(node.members.map((one) => [one.key.value, value(one.value)]))
        : node.kind === "array" ? node.items.map(value) : node.value;
        return Object.values(schemas).every((schema) => { const text = JSON.stringify(schema.examples || schema, null, 2);
          return JSON.stringify(value(parse(text))) === JSON.stringify(JSON.parse(text)); }); }""", True),
    ("nothing that is half written throws, and every place of it has an answer",
     """() => { const text = JSON.stringify(schemas.study.examples[0]); let read = 0;
        for (let end = 0; end <= text.length; end += 1) { const part = text.slice(0, end) + (end % 3 ? "" : ' }] "');
          const root = parse(part); for (let at = 0; at <= part.length; at += 17) { placeAt(root, at); read += 1; } }
        return read > 1000; }""", True),
    ("a letter taken out anywhere leaves the rest readable",
     """() => { const text = '{"a": {"b": [1, 2], "c": "x"}, "d": 4}';
        return [...text].every((_, cut) => { const root = parse(text.slice(0, cut) + text.slice(cut + 1)); placeAt(root, 20); return cut < 1 || root !== null; }); }""", True),
    ("brackets beyond all measure do not end the page", "() => parse('['.repeat(100000)).kind", "array"),
    ("an unclosed string ends with its line", """() => { const root = parse('{"a": "x\\n, "b": 2}'); return [find(root, ["a"]).closed, find(root, ["b"]).value]; }""", [False, 2]),
    ("a forgotten value does not eat the next key", """() => find(parse('{"a": "b": 2}'), ["b"]).value""", 2),
    ("a missing comma hides nothing", """() => find(parse('{"a": 1 "b": [1 2]}'), ["b", 1]).value""", 2),
    ("of two alike the last counts", """() => find(parse('{"a": 1, "a": 2}'), ["a"]).value""", 2),
    ("the caret in a value has that value's path", """() => place('{"a": {"b": [1, 2|3]}}')""", ["/a/b/1", "value", "number"]),
    ("the caret behind a colon stands at a value", """() => place('{"a": {"b": |}}')""", ["/a/b", "value", None]),
    ("the caret behind a comma stands at a new key", """() => place('{"a": {"b": 1, |}}')""", ["/a", "key", None]),
    ("the caret behind a value and a space stands at a new key", """() => place('{"a": {"b": 1 |}}')""", ["/a", "key", None]),
    ("the caret in a half-written key stands at that key", """() => place('{"a": {"b|')""", ["/a/b", "key", "string"]),
    ("the caret between two items stands at a new one", """() => place('[1, | 3]')""", ["/1", "value", None]),
    ("slashes and tildes of names are written as the pointer's rules say", """() => pointer(["a/b", "c~d", 3])""", "/a~1b/c~0d/3"),
    ("columns count letters, not units of 16 bits", """() => [position("a\\n𝒳é|", 5).column, offsetOf("a\\n𝒳é|", 2, 3)]""", [3, 5]),
    ("a line that is not there is the text's end", """() => offsetOf("a\\nb", 9, 9)""", 3),
    ("a scenario's first keys are offered, those that must stand first", "() => labels('scenario', '{|}').slice(0, 4).sort()",
     lambda found: "stresslab" in found and "title" in found),
    ("a key that is there is not offered again", """() => labels('scenario', '{"title": "x", |}').includes("title")""", False),
    ("every kind of process is offered", call("labels", "scenario", process('"model": "|"')),
     lambda found: {"gbm", "merton", "heston", "stable"} <= set(found) and len(found) == 11),
    ("what is typed chooses among them", call("labels", "scenario", process('"model": "he|"')) + "[0]", "heston"),
    ("a model decides which keys are offered", call("labels", "scenario", process('"model": "gbm", |')), ["annualVolatility", "annualDrift"]),
    ("another model has other keys", call("labels", "scenario", process('"model": "merton", "|"')),
     lambda found: "jumpsPerYear" in found and "annualVolatility" in found),
    ("without a model only it is offered", call("labels", "scenario", process('|')), ["model"]),
    ("a finished model can still be changed", call("labels", "scenario", process('"model": "gbm|"')), lambda found: found == ["gbm"]),
    ("an event has its own keys", call("labels", "scenario", crash('"dr|')) + "[0]", "drop"),
    ("a number can be drawn in many ways", call("labels", "scenario", crash('"drop": |')),
     lambda found: "{ low, typical, high }" in found and "{ between }" in found),
    ("a number that stands there can become a way of drawing it", call("labels", "scenario", crash('"drop": |0.1')), lambda found: "{ between }" in found),
    ("a way that is begun is gone on with", call("labels", "scenario", crash('"drop": {"low": 0.1, |}')), ["typical", "high"]),
    ("a trigger is offered where a time may stand", call("labels", "scenario", crash('"start": {"model": "|"}')),
     lambda found: "drawdown" in found and "timeOfDay" in found),
    ("names of one's own are not offered, nor anything for them", """() => labels('scenario', '{"stresslab": "scenario/1", "events": {"|"}}')""", []),
    ("inside a free text nothing is offered", """() => labels('scenario', '{"title": "a|"}')""", []),
    ("the format is offered as the only word", """() => labels('scenario', '{"stresslab": "|"}')""", ["scenario/1"]),
    ("a key that is taken brings its colon and the start of its value", """() => taken('scenario', '{|}', "title")""", '{"title": "|"}'),
    ("a key with a model opens with it", call("taken", "scenario", '{"assets": {"A": {|}}}', "process"), '{"assets": {"A": {"process": { "model": "|" }}}}'),
    ("a key before another brings a comma", """() => taken('scenario', '{"ti| "venue": {}}', "title")""", '{"title": "|", "venue": {}}'),
    ("a key that has its colon is only renamed", """() => taken('scenario', '{"titl|": "x"}', "title")""", '{"title"|: "x"}'),
    ("a value takes the place of what was there", call("taken", "scenario", process('"model": "|mrton"'), "merton"), lambda text: '"model": "merton"|}' in text),
    ("a study's panel is completed by its own schema", """() => labels('study', '{"stresslab": "study/1", "panel": {"a": {"model": "mo|"}}}')[0]""", "momentum"),
    ("a training's observations are completed inside a list", """() => labels('training', '{"stresslab": "training/1", "observations": [{"model": "|"}]}')""",
     lambda found: "return" in found and "position" in found),
    ("a part that takes over another needs nothing", """() => labels('scenario', '{"extends": "calm.json", |}')""", lambda found: "events" in found),
    ("a key is explained with its unit, its range and what it is by default", call("help", "scenario", process('"model": "gbm", "annualDr|ift": 1')),
     lambda words: "1/year" in words and "at least -10" in words and "0 where nothing is said" in words),
    ("a model is explained by its own words", call("help", "scenario", process('"model": "gb|m"')), "geometric Brownian motion"),
    ("what no schema knows is not explained", """() => help('scenario', '{"x|yz": 1}')""", ""),
    ("every example of the schemas is explained at every key",
     """() => Object.entries(schemas).flatMap(([kind, schema]) => (schema.examples || []).flatMap((example) => { const text = JSON.stringify(example, null, 2);
        return [...text.matchAll(/"(\\w+)":/g)].map((found) => [found[1], explain(schema, text, found.index + 1).words]).filter(([key, words]) => words).length > 10 || kind === "agent" ? [] : [kind]; }))""", []),
    ("every example's model is offered where it stands",
     """() => Object.entries(schemas).flatMap(([kind, schema]) => (schema.examples || []).flatMap((example) => { const text = JSON.stringify(example);
        return [...text.matchAll(/"model":"(\\w+)"/g)].filter((found) => { const at = found.index + 9;
          const blank = text.slice(0, at) + text.slice(at + found[1].length); return !suggest(schema, blank, at).items.some((item) => item.label === found[1]); }).map((found) => kind + found[1]); }))""", []),
    ("the numbers that people turn are found, with their units",
     """() => commonNumbers(schemas.scenario, parse(JSON.stringify(schemas.scenario.examples[0]))).map((field) => [field.name, field.value, field.unit])""",
     lambda found: ["/events/fall/drop/typical", 0.1, "fraction of price"] in found and ["/assets/ACME/process/annualVolatility", 0.3, "1/√year"] in found
     and any(name == "/events/fall/fall/duration" and value == "10m" for name, value, _ in found) and not any("/sources" in name for name, *_ in found)),
    ("a slow schema would be felt: a suggestion takes under 50 ms",
     "() => { const begun = performance.now(); for (let i = 0; i < 10; i += 1) (" + call("labels", "scenario", crash('"start": {"|"}')) + ")(); return performance.now() - begun < 500; }", True),
    ("a desk's survival is the last that was told",
     """() => { const state = hear(nothingHeard(), {event: "begun", desks: [{scenario: "s", severity: 1, agent: "a", risk: "r"}]});
        for (let n = 1; n <= 1000; n += 1) hear(state, {event: "progress", done: n / 1000, desks: [{paths: n, ruined: 0, survival: n / 1000, low: 0, high: 1}]});
        const history = state.desks[0].history; return [share(state), history.length <= 121, history[0].paths, history.at(-1).paths]; }""", [1, True, 1, 1000]),
    ("of many ruins the last fifty stay, and all are counted",
     """() => { const state = nothingHeard(); for (let n = 0; n < 60; n += 1) hear(state, {event: "ruin", path: n}); hear(state, {event: "ruins", count: 7});
        return [state.ruins.length, state.ruins[0].path, state.ruinCount]; }""", [50, 59, 67]),
    ("an event of a kind that is not known changes nothing", """() => JSON.stringify(hear(nothingHeard(), {event: "toString"})) === JSON.stringify(nothingHeard())""", True),
]

# A mistake each: in which file, what, and what instead.
PLANTED = [
    ("json-path.js", "if (value && value.kind === \"string\" && this.text[this.at] === \":\")", "if (false)"),
    ("json-path.js", "this.text[this.at] !== \"\\n\"", "true"),
    ("json-path.js", "findLast", "find"),
    ("json-path.js", "const DEEPEST = 400;", "const DEEPEST = 1e9;"),
    ("json-path.js", ".replaceAll(\"~\", \"~0\")", ""),
    ("json-path.js", "[...before.slice(start)].length", "before.slice(start).length"),
    ("json-path.js", "if (last.value && offset > last.value.end) return;", ""),
    ("schema.js", "const side = holds(condition, node) ? then : otherwise;", "const side = otherwise;"),
    ("schema.js", "found = crossed(found, possible.length ? possible : all);", "found = crossed(found, all);"),
    ("schema.js", "if ($ref) join(referred(schema, $ref));", ""),
    ("schema.js", "for (const one of allOf || []) join(one);", ""),
    ("schema.js", "if (typeof step === \"number\") return rules.items || null;", ""),
    ("completion.js", "if (found.has(key) || (isThere && isThere !== place.member)) continue;", ""),
    ("completion.js", "b.item.isRequired - a.item.isRequired || ", ""),
    ("completion.js", "+ (ends.needsComma ? \",\" : \"\")", ""),
    ("completion.js", ".filter((one) => one.score < 3)", ""),
    ("completion.js", "rulesAt(schema, blank(root, place), place.path)", "rulesAt(schema, root, place.path)"),
    ("common-numbers.js", "[\"low\", \"typical\", \"high\"", "[\"low\", \"high\""),
    ("live-state.js", "line[index] = line[2 * index]", "line[index] = line[2 * index + 1]"),
    ("live-state.js", "state.ruinCount += event.count || 0;", ""),
]


class Files(http.server.BaseHTTPRequestHandler):
    """Serves the scripts, with one of them changed where a mistake is planted, and the schemas."""

    mistake = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        folder, _, name = self.path.strip("/").partition("/")
        places = {"assets": ASSETS, "schema": SCHEMAS}
        text = b"<!DOCTYPE html><title>scripts</title>"
        if folder in places:
            text = (places[folder] / pathlib.Path(name).name).read_bytes()
            if self.mistake and self.mistake[0] == name:
                text = text.decode().replace(self.mistake[1], self.mistake[2]).encode()
        kind = {"assets": "text/javascript", "schema": "application/json"}.get(folder, "text/html")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def wrong(page, address, only=""):
    """What the checks have to say, each as a line."""
    page.goto(address)
    try:
        page.evaluate(f"async () => {{ const MODULES = {json.dumps(MODULES)}; {NAMES} }}")
    except Exception as failure:  # A script that does not load is what a check has to see.
        return [f"the scripts do not load: {failure}"]
    found = []
    for name, expression, wanted in CHECKS:
        if only not in name:
            continue
        try:
            got = page.evaluate(expression)
        except Exception as failure:
            got = f"it threw: {str(failure).splitlines()[0]}"
        try:
            good = wanted(got) if callable(wanted) else got == wanted
        except (TypeError, ValueError):
            good = False
        if not good:
            found.append(f"{name}: got {json.dumps(got, ensure_ascii=False)[:400]}")
    return found


def browser_at(given):
    """The browser's program: a path, or the name of one that is installed."""
    return given if "/" in given else shutil.which(given)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--browser", default="chromium", help="Chromium or Chrome of this system")
    parser.add_argument("--only", default="", help="only checks with this in their name, and no planted mistakes")
    given = parser.parse_args()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    problems = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_at(given.browser), args=["--no-sandbox"])
        problems += wrong(browser.new_page(), address, given.only)
        for mistake in [] if given.only or problems else PLANTED:
            file, old, new = mistake
            if old not in (ASSETS / file).read_text():
                problems.append(f"the mistake {new!r} cannot be planted: {file} has no {old!r}")
                continue
            Files.mistake = mistake
            page = browser.new_context().new_page()
            if not wrong(page, address):
                problems.append(f"nothing saw {new!r} in place of {old!r} in {file}")
            page.context.close()
        browser.close()
    for problem in problems:
        print(problem)
    print(f"{len(CHECKS)} checks of the scripts, {len(PLANTED)} planted mistakes: {len(problems)} wrong")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
