"""Mistakes that are planted in what the server answers, each of which has to be found: else the check sees nothing."""

import re

import watch

def replaced(old, new):
    return lambda text, _: text.replace(old, new)


# What is planted, in which answers, on which page, what has to be said of it.
PLANTS = [
    ("a script that does not parse", r"/assets/page\.js$", lambda text, _: text + "\n}", "/scenarios", r"script error: .*"),
    ("a title that is not escaped", r"/scenarios(\?|$)", replaced("&lt;b id=&quot;unescaped&quot;&gt;", '<b id="unescaped">'), "/scenarios", "a title is read as markup"),
    ("a field without a label", r"/new/scenario$", replaced('<label for="name">', "<label>"), "/new/scenario", "axe-core, label"),
    ("a script inside the page", r"/reports$", replaced("</h1>", "</h1><script>document.title = 'x'</script>"), "/reports", "console error: .*Content Security Policy"),
    ("a picture from elsewhere", r"/reports$", replaced("</h1>", '</h1><img src="https://example.org/x.png" alt="x">'), "/reports", "a request to elsewhere|Content Security Policy"),
    ("what is too wide for a telephone", r"/assets/style\.css$", lambda text, _: text + "\nh1 { min-width: 500px }", "/reports", "wide in a window of 420"),
    ("a focus that nobody sees", r"/assets/style\.css$", lambda text, _: text + "\n* { outline: none !important }", "/reports", "no ring around"),
    ("letters that are too pale", r"/assets/style\.css$", lambda text, _: text + "\nh1 { color: #ccc !important }", "/reports", "axe-core, color-contrast"),
    ("a page that is not there", None, None, "/nowhere", "answered with 404"),
]


def missed(browser, origin, changes, most=None):
    """What was planted and not found, of all or of the first few."""
    lines = []
    for name, part, change, address, says in PLANTS[:most]:
        watched = watch.Watched(browser, origin, [*changes, (part, change)] if part else changes)
        watched.open(address)
        watched.look(name, [(420, "light")])
        watched.context.close()
        if not any(re.search(says, problem) for problem in watched.problems):
            lines.append(f"{name}: {watched.problems or 'nothing was found'}")
    return lines
