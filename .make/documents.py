"""Other software judges our documents: Python's jsonschema, by the JSON Schemas that the program prints.

    .venv/bin/python .make/documents.py .build/release/stresslab

Every committed scenario and study must be valid, the schemas themselves must be valid JSON Schema 2020-12, and a few
mistakes must be refused, so that a schema that accepts everything fails here.
"""

import copy
import json
import pathlib
import subprocess
import sys

import jsonschema

DOCUMENTS = {
    "scenario": sorted(pathlib.Path("scenarios").glob("*.json")),
    "study": sorted(pathlib.Path("scenarios/studies").glob("*.json")),
}


def printed_schema(program, kind):
    output = subprocess.run([program, "schema", kind], check=True, capture_output=True, text=True).stdout
    schema = json.loads(output)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def mistakes(document):
    """The document with one mistake each: what the mistake is, and the spoilt copy."""
    unknown = copy.deepcopy(document)
    unknown["unheardOf"] = 1
    yield "an unknown key", unknown
    version = copy.deepcopy(document)
    version["stresslab"] = "letter/1"
    yield "the tag of another document", version
    for key in ("clock", "panel"):
        if key in document:
            number = copy.deepcopy(document)
            number[key] = 7
            yield f"a number for {key}", number


def main(program):
    problems = []
    checked = 0
    for kind, files in DOCUMENTS.items():
        validator = jsonschema.Draft202012Validator(printed_schema(program, kind))
        for file in files:
            document = json.loads(file.read_text())
            for error in validator.iter_errors(document):
                problems.append(f"{file}: {error.json_path}: {error.message}")
            # A file that extends another says only what differs: the whole is read by the program alone.
            for mistake, spoilt in mistakes(document):
                checked += 1
                if validator.is_valid(spoilt):
                    problems.append(f"{file}: the schema accepts {mistake}")
            checked += 1
    print("\n".join(problems) or f"jsonschema agrees with {checked} verdicts on our documents", flush=True)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
