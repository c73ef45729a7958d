"""Other software judges our documents: Python's jsonschema, by the JSON Schemas that the program prints.

    .venv/bin/python .make/documents.py .build/release/stresslab

Every committed scenario and study, and the README's example, must be valid; so must the schemas themselves, as JSON
Schema 2020-12. A few mistakes must be refused, so that a schema that accepts everything fails here. The program's own
verdict on the good documents must be the same.
"""

import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

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


def readme_example():
    """The scenario that the README shows in full."""
    blocks = re.findall(r"```json\n(.*?)```", pathlib.Path("README.md").read_text(), re.DOTALL)
    [example] = [block for block in blocks if '"stresslab": "scenario/1"' in block]
    return example


def main(program):
    problems = []
    checked = 0
    with tempfile.TemporaryDirectory() as folder:
        example = pathlib.Path(folder, "README-example.json")
        example.write_text(readme_example())
        documents = {**DOCUMENTS, "scenario": [*DOCUMENTS["scenario"], example]}
        for kind, files in documents.items():
            problems += judged(program, kind, files)
            checked += len(files)
    print("\n".join(problems) or f"jsonschema and stresslab agree that {checked} documents are good", flush=True)
    return 1 if problems else 0


def judged(program, kind, files):
    """What is wrong with documents of one kind."""
    problems = []
    for file in files:
        verdict = subprocess.run([program, "validate", file], capture_output=True, text=True)
        if verdict.returncode:
            problems.append(verdict.stdout + verdict.stderr)
    validator = jsonschema.Draft202012Validator(printed_schema(program, kind))
    for file in files:
        document = json.loads(file.read_text())
        if "extends" in document:
            continue  # Says only what differs: the whole is read by the program alone.
        problems += [f"{file}: {error.json_path}: {error.message}" for error in validator.iter_errors(document)]
        for mistake, spoilt in mistakes(document):
            if validator.is_valid(spoilt):
                problems.append(f"{file}: the schema accepts {mistake}")
    return problems


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
