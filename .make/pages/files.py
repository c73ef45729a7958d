"""What can be seen in a page's file without a browser: that its links lead somewhere, and its policy."""

import html.parser
import pathlib
import urllib.parse


class Reader(html.parser.HTMLParser):
    """The anchors of a page, its links, and its content security policy."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links, self.policy, self.twice = set(), [], "", []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            (self.twice.append if values["id"] in self.anchors else self.anchors.add)(values["id"])
        self.links += [values[name] for name in ("href", "src") if name in values]
        for name in ("aria-labelledby", "aria-describedby"):
            self.links += [f"#{word}" for word in values.get(name, "").split()]
        if values.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = values["content"]


def complaints(page, seen={}):
    """Of one page. Other pages are read once."""

    def read(path):
        if path not in seen:
            seen[path] = Reader(path.read_text())
        return seen[path]

    reader = read(page)
    found = [f"{page}: two elements are called #{name}" for name in reader.twice]
    wanted = {"default-src 'none'", "base-uri 'none'", "form-action 'none'"}
    if not wanted <= {part.strip() for part in reader.policy.split(";")}:
        found.append(f"{page}: the policy lets something in: {reader.policy!r}")
    for link in reader.links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme or parts.netloc:
            found.append(f"{page}: a link leaves the report: {link}")
            continue
        target = page if not parts.path else page.parent / urllib.parse.unquote(parts.path)
        anchor = urllib.parse.unquote(parts.fragment)
        if not pathlib.Path(target).is_file():
            found.append(f"{page}: no such file: {link}")
        elif anchor and target.suffix == ".html" and anchor not in read(target).anchors:
            found.append(f"{page}: no such anchor: {link}")
        elif not parts.path and not anchor:
            found.append(f"{page}: a link to nothing: {link!r}")
    return found
