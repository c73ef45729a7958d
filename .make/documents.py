"""Other software judges our documents: Python's jsonschema, by the JSON Schemas that the program prints.

    .venv/bin/python .make/documents.py .build/release/stresslab

Every committed scenario, study, training and search, and the examples of README and docs/writing-a-stress.md, must be valid; so must the schemas themselves, as JSON
Schema 2020-12, and the examples in them by the schema around each. A few mistakes must be refused, also in documents that
extend another, so that a schema that accepts everything fails here. The program's own verdict must be the same.
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
    "scenario": [
        *sorted(pathlib.Path("scenarios").glob("*.json")),
        *sorted(pathlib.Path("scenarios/history").glob("*.json")),
        *sorted(pathlib.Path("scenarios/training").glob("**/markets/*.json")),
        pathlib.Path("scenarios/templates/scenario.json"),
    ],
    "study": [
        *sorted(pathlib.Path("scenarios/studies").glob("*.json")),
        *sorted(pathlib.Path("scenarios/post-mortems").glob("*.json")),
        pathlib.Path("scenarios/templates/study.json"),
    ],
    "training": [
        *sorted(pathlib.Path("scenarios/training").glob("*.json")),
        *sorted(pathlib.Path("scenarios/training/robust").glob("*.json")),
        pathlib.Path("scenarios/templates/training.json"),
    ],
    "tuning": [
        *sorted(pathlib.Path("scenarios/tuning").glob("*.json")),
        pathlib.Path("scenarios/templates/tuning.json"),
    ],
}

# What documents say that extend a template, and whether it is right.
EXTENSIONS = {
    "scenario": [
        ({}, True),
        ({"title": "Another"}, True),
        ({"clock": {"length": "6h30m"}}, True),
        ({"events": {"fall": {"drop": 0.5}}}, True),
        ({"events": {"fall": {"drop": {"high": 0.5}}}}, True),
        ({"events": {"fall": {"model": "flashCrash", "drop": 0.5}}}, True),
        ({"events": {"again": {"extends": "fall", "start": "9h"}}}, True),
        ({"assets": {"ACME": {"process": {"annualVolatility": 0.6}}}}, True),
        ({"assets": {"TWIN": {"extends": "ACME", "price": 5}}}, True),
        ({"assets": {"ACME": {"liquidity": {"refillHalfLife": "1m30s"}}}}, True),
        ({"dropp": 3}, False),
        ({"events": {"fall": {"dropp": 3}}}, False),
        ({"events": {"fall": {"drop": 3}}}, False),
        ({"events": {"fall": {"drop": {"high": 3}}}}, False),
        ({"events": {"fall": {"drop": {"hihg": 0.3}}}}, False),
        ({"events": {"fall": {"model": "flashCrush"}}}, False),
        ({"events": {"fall": {"model": "flashCrash", "dropp": 0.5}}}, False),
        ({"events": {"again": {"extends": "fall", "begin": "9h"}}}, False),
        ({"assets": {"ACME": {"process": {"annualVolatility": "high"}}}}, False),
        ({"assets": {"ACME": {"process": {"anualVolatility": 0.6}}}}, False),
        ({"clock": {"length": "30m6h"}}, False),
        ({"clock": {"length": 13}}, False),
    ],
    "study": [
        ({"panel": {"hold": {"leverage": 2}}}, True),
        ({"panel": {"more": {"extends": "hold", "leverage": 2}}}, True),
        ({"panel": {"trend": {"fast": "1h30m"}}}, True),
        ({"severities": [0, 0.5, 1]}, True),
        ({"panel": {"hold": {"leverag": 2}}}, False),
        ({"panel": {"hold": {"leverage": "two"}}}, False),
        ({"panel": {"trend": {"fast": "1h 30m"}}}, False),
        ({"risk": {"stopped": {"rules": {"stop": {"los": 0.1}}}}}, False),
        ({"severity": [1]}, False),
    ],
    "training": [
        ({"mandate": {"leverage": 2}}, True),
        ({"hyperparameters": {"epochs": 2}}, True),
        ({"validation": {"measure": "survival", "aim": "most", "patience": 3}}, True),
        ({"actions": {"model": "choices", "portfolios": [[0], [1]]}}, True),
        ({"mandate": {"leverag": 2}}, False),
        ({"mandate": {"leverage": 0}}, False),
        ({"activation": "relo"}, False),
        ({"observations": [{"model": "retrun"}]}, False),
        ({"validation": {"measure": "luck"}}, False),
    ],
    "tuning": [
        ({"sampler": {"trials": 3}}, True),
        ({"sampler": {"model": "random", "trials": 3}}, True),
        ({"space": {"/hidden": {"values": [[8], [8, 8]]}}}, True),
        ({"halving": {"last": 30}, "test": {"paths": 8}}, True),
        ({"sampler": {"model": "gird"}}, False),
        ({"halving": {"lst": 30}}, False),
        ({"space": {"/hidden": {"valus": [[8]]}}}, False),
        ({"space": {"/mandate/deadBand": {"scale": "lg"}}}, False),
        ({"seeds": []}, False),
    ],
}

# What stands in a whole document beside what the template has, and whether it is right: siblings and collections that extend.
SIBLINGS = {
    "scenario": [
        ({"assets": {"TWIN": {"extends": "ACME", "price": 5}}}, True),
        ({"assets": {"TWIN": {"extends": "ACME", "process": {"annualVolatility": 0.6}}}}, True),
        ({"assets": {"extends": "assets.json"}}, True),
        ({"assets": {"extends": "assets.json", "TWIN": {"extends": "OTHER", "price": 5}}}, True),
        ({"events": {"again": {"extends": "fall", "start": "9h"}}}, True),
        ({"assets": {"TWIN": {"extends": "ACME", "prize": 5}}}, False),
        ({"assets": {"TWIN": {"price": 5}}}, False),
        ({"assets": {"extends": "assets.json", "TWIN": {"extends": "OTHER", "prize": 5}}}, False),
        ({"events": {"again": {"extends": "fall", "begin": "9h"}}}, False),
    ],
    "study": [
        ({"panel": {"more": {"extends": "hold", "leverage": 2}}}, True),
        ({"panel": {"more": {"extends": "hold", "leverag": 2}}}, False),
    ],
    "training": [],
    "tuning": [],
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
    for key in ("clock", "panel", "mandate"):
        if key in document:
            number = copy.deepcopy(document)
            number[key] = 7
            yield f"a number for {key}", number


def readme_examples():
    """The scenarios that the README shows: one in full, one that extends it."""
    blocks = re.findall(r"```json\n(.*?)```", pathlib.Path("README.md").read_text(), re.DOTALL)
    [whole] = [block for block in blocks if '"stresslab": "scenario/1"' in block]
    [extension] = [block for block in blocks if '"extends"' in block]
    return whole, extension


def stress_examples():
    """The scenarios that docs/writing-a-stress.md shows, by their files' names: they extend the first of them."""
    page = pathlib.Path("docs/writing-a-stress.md").read_text()
    examples = dict(re.findall(r"`([a-z-]+\.json)`:\n\n```json\n(.*?)```", page, re.DOTALL))
    assert len(examples) == 7, f"docs/writing-a-stress.md has {len(examples)} examples"
    return examples


def main(program):
    problems = []
    checked = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        whole, extension = readme_examples()
        examples = [folder / json.loads(extension)["extends"], folder / "README-extension.json"]
        for file, text in zip(examples, (whole, extension)):
            file.write_text(text)
        for name, text in stress_examples().items():
            examples.append(folder / name)
            examples[-1].write_text(text)
        documents = {**DOCUMENTS, "scenario": [*DOCUMENTS["scenario"], *examples]}
        for kind, files in documents.items():
            validator = jsonschema.Draft202012Validator(printed_schema(program, kind))
            problems += judged(program, validator, files)
            problems += judged_extensions(program, validator, kind, folder)
            problems += judged_siblings(program, validator, kind, folder)
            checked += len(files) + len(EXTENSIONS[kind]) + len(SIBLINGS[kind])
    print("\n".join(problems) or f"jsonschema and stresslab agree about {checked} documents", flush=True)
    return 1 if problems else 0


def judged(program, validator, files):
    """What is wrong with documents of one kind."""
    problems = []
    for file in files:
        verdict = subprocess.run([program, "validate", file], capture_output=True, text=True)
        if verdict.returncode:
            problems.append(verdict.stdout + verdict.stderr)
        document = json.loads(file.read_text())
        problems += [f"{file}: {error.json_path}: {error.message}" for error in validator.iter_errors(document)]
        for mistake, spoilt in mistakes(document):
            if validator.is_valid(spoilt):
                problems.append(f"{file}: the schema accepts {mistake}")
    examples, wrong = judged_examples(validator, validator.schema)
    if not examples:
        problems.append("the schema has no examples")
    return problems + wrong


def judged_examples(validator, schema):
    """How many examples there are in a schema, and what is wrong with them by the schema around each."""
    count, problems = 0, []
    if isinstance(schema, dict):
        for example in schema.get("examples", []):
            count += 1
            around = {**schema, "$defs": validator.schema["$defs"]}
            if not jsonschema.Draft202012Validator(around).is_valid(example):
                problems.append(f"the schema's own example {json.dumps(example)[:100]} is not valid")
    values = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    for value in values:
        more, wrong = judged_examples(validator, value)
        count, problems = count + more, problems + wrong
    return count, problems


def judged_extensions(program, validator, kind, folder):
    """Where the schema or the program judge a document that extends another in a way that it should not."""
    problems = []
    for number, (document, is_good) in enumerate(EXTENSIONS[kind]):
        template = pathlib.Path("scenarios/templates", f"{kind}.json").resolve()
        document = {"extends": str(template), **document}
        file = folder / f"{kind}-{number}.json"
        file.write_text(json.dumps(document))
        verdict = subprocess.run([program, "validate", file], capture_output=True, text=True)
        if (verdict.returncode == 0) != is_good:
            problems.append(f"stresslab, of {json.dumps(document)}: {verdict.stderr or 'good'}")
        if validator.is_valid(document) != is_good:
            problems.append(f"the schema {'refuses' if is_good else 'accepts'} {json.dumps(document)}")
    return problems


def judged_siblings(program, validator, kind, folder):
    """Where they judge a whole document, whose parts extend one another or a file, in a way that they should not."""
    problems = []
    template = json.loads(pathlib.Path("scenarios/templates", f"{kind}.json").read_text())
    if kind == "scenario":
        (folder / "assets.json").write_text(json.dumps({"OTHER": template["assets"]["ACME"]}))
    if kind == "study":
        base = pathlib.Path("scenarios/templates").resolve()
        template["scenarios"] = [str((base / scenario).resolve()) for scenario in template["scenarios"]]
    for number, (parts, is_good) in enumerate(SIBLINGS[kind]):
        document = copy.deepcopy(template)
        for key, members in parts.items():
            document[key].update(members)
        file = folder / f"{kind}-siblings-{number}.json"
        file.write_text(json.dumps(document))
        verdict = subprocess.run([program, "validate", file], capture_output=True, text=True)
        if (verdict.returncode == 0) != is_good:
            problems.append(f"stresslab, of {json.dumps(parts)} in a whole document: {verdict.stderr or 'good'}")
        if validator.is_valid(document) != is_good:
            problems.append(f"the schema {'refuses' if is_good else 'accepts'} {json.dumps(parts)} in a whole document")
    return problems


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
