"""Runs the queries that docs/results-store.md and docs/analysis.md show, as they stand there, against a small run's store.

    .venv/bin/python .make/queries.py .build/release/stresslab

The Python blocks run one after the other, as a reader would. What they find must be what summary.json says; DuckDB must
find the same, through its extension for SQLite (from PyPI: no download of its own) and through pandas.
"""

import contextlib
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

DOCUMENT = pathlib.Path("docs/results-store.md")
ANALYSIS = pathlib.Path("docs/analysis.md")


def blocks(language, document=DOCUMENT):
    return re.findall(rf"```{language}\n(.*?)```", document.read_text(), re.DOTALL)


def analysis(python, sql, connection, summary):
    """The worked examples: what they find is what summary.json says, or what the other tool finds."""
    names = {}
    for block in python:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(block, str(ANALYSIS), "exec"), names)
    desks = {(d["agent"], d["risk"]): d for d in summary["desks"] if d["severity"] == 1}
    deciles = names["by_decile"]
    assert len(deciles) == 10 * len(desks), f"{len(deciles)} deciles of {len(desks)} desks"
    assert ((deciles.low <= deciles.survival + 1e-12) & (deciles.survival <= deciles.high + 1e-12)).all()
    for desk, said in desks.items():
        rows = deciles.loc[desk]
        alive = (rows.survival * rows.paths).sum() / rows.paths.sum()
        assert abs(alive - said["survival"]["value"]) < 1e-12, f"{desk}: survival by decile does not add up"
        found = names["shortfall"].loc[desk]
        assert abs(found - said["expectedShortfall"]["value"]) < 1e-12, f"{desk}: the worst 5 % lose {found}"
    for block in sql:
        for statement in filter(str.strip, block.split(";")):
            found = connection.execute(statement).fetchall()
    for agent, risk, value in found:
        pandas = names["cost_against_drawdown"].loc[agent, risk]
        assert abs(value - pandas) < 1e-12, f"{agent}/{risk}: {value} by DuckDB, {pandas} by pandas"
    assert len(found) == len(names["cost_against_drawdown"]) > 0
    print(f"docs/analysis.md: {len(python) + len(sql)} blocks found what summary.json says, and what each other finds.")


def sqlite_extension(duckdb):
    """A connection that can attach SQLite files."""
    import duckdb_extension_sqlite_scanner

    [extension] = pathlib.Path(duckdb_extension_sqlite_scanner.__file__).parent.rglob("*.duckdb_extension")
    connection = duckdb.connect()
    connection.execute(f"load '{extension}'")
    return connection


def main(program):
    program = os.path.abspath(program)
    scenario = os.path.abspath("scenarios/flash-crash.json")
    python, sql = blocks("python"), blocks("sql")
    examples = blocks("python", ANALYSIS), blocks("sql", ANALYSIS)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        subprocess.run([program, "run", scenario, "--paths", "400", "--out", "reports/flash-crash"], check=True,
                       capture_output=True)
        names = {}
        for block in python:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(block, str(DOCUMENT), "exec"), names)

        summary = json.loads(pathlib.Path("reports/flash-crash/summary.json").read_text())
        said = {(d["severity"], d["agent"], d["risk"]): d["survival"]["value"] for d in summary["desks"]}
        assert dict(names["survival"]) == said, "survival by pandas is not the summary's"
        by_depth = names["by_depth"].reset_index()
        for (agent, risk), rows in by_depth.groupby(["agent", "risk"]):
            assert rows.paths.sum() == 400, f"{agent}/{risk}: paths without a drop"
            alive = (rows.survival * rows.paths).sum() / 400
            assert abs(alive - said[1.0, agent, risk]) < 1e-12, f"{agent}/{risk}: survival by depth does not add up"
        for desk in summary["desks"]:
            rows = names["results"][names["results"].desk == desk["desk"]]
            assert abs(rows.finalReturn.mean() - desk["finalReturnMean"]["value"]) < 1e-12

        drawn = {p["path"]: p["value"] for d in summary["desks"] for p in (d.get("worstPath") or {}).get("parameters", [])
                 if d["desk"] == summary["desks"][-1]["desk"]}
        worst = summary["desks"][-1]["worstPath"]["path"]
        stored = dict(names["store"].execute("select pointer, value from drawn where path = ?", [worst]).fetchall())
        assert stored == drawn, f"path {worst} drew {drawn}, the store says {stored}"

        assert names["changed"](names["store"]) == [], "checksums by Python are not the program's"
        parts = names["store"].execute("select count(*) from checksums").fetchone()[0]
        assert parts > 40, f"only {parts} checksums"

        duckdb = names["duckdb"]
        by_frame = duckdb.sql(
            "select severity, agent, risk, avg((cause = 'none')::int) from r group by all",
            connection=duckdb.connect().register("r", names["results"])).fetchall()
        assert {tuple(row[:3]): row[3] for row in by_frame} == said, "survival by DuckDB over pandas is not the summary's"
        connection = sqlite_extension(duckdb)
        for block in sql:
            for statement in filter(str.strip, block.split(";")):
                found = connection.execute(statement).fetchall()
        assert {tuple(row[:3]): row[3] for row in found} == said, "survival by DuckDB is not the summary's"
        analysis(*examples, sqlite_extension(duckdb), summary)
        os.chdir("/")
    print(f"docs/results-store.md: {len(python) + len(sql)} queries found what summary.json says.")


if __name__ == "__main__":
    main(sys.argv[1])
