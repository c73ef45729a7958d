"""Mistakes that are planted into copies of a page, each of which its check has to find: else the check sees nothing.

A copy holds several, which are found apart from each other by what is said of them.
"""

import dataclasses
import pathlib
import re
import shutil
import typing

import checker
import files
import visits

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
DEAD_CONTROLS = """<script>
document.getElementById('theme').onclick = null
document.querySelectorAll('.plot').forEach(plot => { plot.onkeydown = plot.onpointermove = null })
addEventListener('click', event => event.preventDefault())
</script>"""


@dataclasses.dataclass
class Plant:
    """A copy of a page with mistakes, how it is visited, and what has to be said of it."""

    name: str
    change: typing.Callable
    visit: typing.Callable
    says: list


def before_end(markup):
    return lambda text: text.replace("</main>", markup + "</main>")


def without_policy(markup):
    return lambda text: before_end(markup)(POLICY.sub("", text))


def dead_controls(text):
    return POLICY.sub("", text).replace("</body>", DEAD_CONTROLS + "</body>")


def restyled(rules):
    return lambda text: text.replace("</style>", rules + "</style>", 1)


def look(width, colours):
    return lambda page: visits.look(page, (width, colours))


PLANTS = [
    Plant(
        "looks",
        without_policy(
            '<img src="https://example.org/x.png" alt="x"><script>throw Error("planted")</script>'
            '<p style="color:#999">Too pale to be read.</p><p style="min-width:3000px">Too wide.</p>'
            '<p style="width:40px;overflow:hidden;white-space:nowrap">Cut where nobody looks.</p>'
            '<div style="width:90px;overflow:auto"><p style="width:400px">No key scrolls this.</p></div>'
            '<h6>Too deep</h6><style>html{scroll-behavior:smooth!important}</style>'
            '<svg class="chart w" viewBox="0 0 99 99" style="display:block"><title>Same</title><desc>Same</desc>'
            '<text x="90" y="9">Beyond the edge</text><text x="1" y="50">One text</text><text x="2" y="51">Another</text>'
            '<rect class="bar" width="9" height="9" style="fill:#ddd;stroke:none"/></svg>'),
        look(1280, "light"),
        ["a request: https://example.org/x.png", "script error: planted", "axe-core, color-contrast", "the page is 3",
         "in 40: p", "no key reaches what scrolls", "h6 ", "for less motion", "says what the <title> says", "cut in ",
         "“One text” lies on “Another”", ":1 in #"]),
    Plant(
        "policy", lambda text: before_end('<img src="https://example.org/x.png" alt="x">')(text).replace("</script>", ";</script>"),
        look(1280, "light"), ["console error: Loading the image", "console error: Executing inline script"]),
    Plant(
        "keys",
        lambda text: re.sub(r'<a class="skip".*?</a>', "", before_end('<p><a href="#theme" style="outline:none">No ring</a></p>')(text)),
        look(420, "light"), ["no ring around", "skips the contents"]),
    Plant("turn", before_end('<p><a href="#theme" tabindex="7">Out of turn</a></p>'), look(420, "light"), ["Tab does not come to"]),
    Plant("cover", restyled("nav::after{content:'';position:fixed;inset:0;z-index:9}"), look(420, "light"), ["covered: "]),
    Plant("dead-keys", dead_controls, look(420, "light"),
          ["Enter on the button", "Enter does not open", "Enter does not show what it leads to", "arrows read nothing"]),
    Plant("dead-pointer", dead_controls, look(1280, "light"),
          ["a click on the button", "a click does not open", "a click does not show what it leads to", "a pointer reads nothing"]),
    Plant(
        "paper",
        lambda text: restyled("@media print{@page{@bottom-right{content:none}}.foot{display:flex!important}.foot a{display:inline}"
                              "figure{break-inside:auto!important;min-height:1000px}}")(before_end(
            '<table style="width:1500px"><tr><td>Wide</td></tr></table>'
            '<div style="width:50px;overflow:hidden;white-space:nowrap">Cut on paper</div>')(text)
            .replace("<details>", '<details open="open">')),
        lambda page: visits.printed(page, 0),
        ["wide on", "cut on paper: div", "may be cut by a page's edge", "high on a sheet", "a data table is open",
         "printed pages, more than 0", "does not say so"]),
    Plant("scripts", before_end("<noscript><p>Turn scripts on.</p></noscript>"), visits.without_scripts, ["without scripts, "]),
    Plant("links", without_policy(
        '<p id="main"><a href="#nowhere">Nowhere</a> <a href="charts/none.svg">None</a> <a href="https://example.org">Away</a></p>'),
        files.complaints,
        ["no such anchor: #nowhere", "no such file: charts/none.svg", "leaves the report", "two elements are called #main",
         "the policy lets something in"]),
    Plant("markup", before_end("<p><b>Never closed</p><td>Astray</td>"), lambda page: [text for _, text in checker.complaints([page])],
          ["Unclosed element “b”", "Stray start tag “td”"]),
]


def plant(report, folder):
    """Writes the copies of a page of a report: pairs of a plant and its page."""
    shutil.copytree(report, folder, ignore=shutil.ignore_patterns("*.sqlite", "index.html", "*.json"))
    original = next(page for page in sorted(folder.glob("*.html")) if "<figure" in page.read_text())
    sown = []
    for number, each in enumerate(PLANTS):
        page = folder / f"planted-{each.name}.html"
        changed = each.change(original.read_text())
        assert changed != original.read_text(), f"the planted mistake {each.name} changes nothing"
        page.write_text(changed)
        sown.append((number, page))
    return sown


def drawings(folder):
    """A chart's file with a text beyond its edge."""
    drawing = sorted((folder / "charts").glob("*.svg"))[0]
    broken = folder / "charts" / "planted.svg"
    broken.write_text(drawing.read_text().replace("</svg>", '<text x="700" y="40">Much too far to the right</text></svg>'))
    return broken


def missed(number, page):
    """What the check of a plant did not say, though it had to."""
    each = PLANTS[number]
    found = each.visit(page)
    return [f"{each.name}: nothing said “{says}”, but {found}" for says in each.says if not any(says in text for text in found)]


def missed_in_drawing(drawing):
    found = visits.drawing_files([drawing])
    return [] if any("cut in" in text for text in found) else [f"{drawing.name}: a text beyond the edge was not seen"]
