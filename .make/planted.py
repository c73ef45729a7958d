"""Plants mistakes in a copy of the learning module, one at a time, and sees that named tests fail for each.

.make/planted-mistakes.json says which mistakes and which tests. A test that passes over a planted mistake
proves nothing; this says so, with exit code 1. The copy holds only the targets that learning needs, so that each build
is short.

    python3 .make/planted.py [--workers 2]
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import shutil
import subprocess
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[1]
COPIES = ROOT / ".build-planted"
LIST = ".make/planted-mistakes.json"
SOURCES = ("CLanes", "CGSL", "CCrypto", "Lanes", "Digests", "Documents", "Drawing", "Randomness", "Statistics",
           "Learning")


def manifest():
    """The package's manifest, cut down to the targets of SOURCES."""
    text = (ROOT / "Package.swift").read_text()
    head = text[: text.index("let package = Package(")]
    return head + """let package = Package(
  name: "StressLab",
  targets: [
    .systemLibrary(name: "CGSL", pkgConfig: "gsl"),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto"),
    .target(name: "CLanes", cSettings: vectorisedC),
    module("Lanes", ["CLanes"]), module("Digests", ["CCrypto"]), module("Documents"),
    module("Randomness", ["CGSL", "Lanes", "Documents"]), module("Statistics", ["CGSL", "Randomness"]),
    module("Drawing"),
    module("Learning", ["Digests", "Lanes", "Randomness"]),
    .target(
      name: "LearningTasks", dependencies: ["Drawing", "Learning", "Statistics"], path: "Benchmarks/LearningTasks",
      swiftSettings: vectorised),
    tests(of: "Learning", ["CGSL", "LearningTasks"]),
  ],
  swiftLanguageModes: [.v6]
)
"""


def copy_to(folder):
    """A fresh copy of the sources; what was built there before is kept."""
    parts = [f"Sources/{name}" for name in SOURCES] + ["Benchmarks/LearningTasks", "Tests/LearningTests"]
    for part in parts:
        target = folder / part
        target.mkdir(parents=True, exist_ok=True)
        for old in sorted(target.rglob("*"), reverse=True):
            if old.is_file() and not (ROOT / part / old.relative_to(target)).exists():
                old.unlink()
        for file in (ROOT / part).rglob("*"):
            place = target / file.relative_to(ROOT / part)
            if file.is_dir():
                place.mkdir(exist_ok=True)
            elif not place.exists() or place.read_bytes() != file.read_bytes():
                shutil.copyfile(file, place)
    place = folder / "Package.swift"
    if not place.exists() or place.read_text() != manifest():
        place.write_text(manifest())


def run(folder, *words):
    return subprocess.run(
        words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def failing(folder, tests):
    """Builds, runs some tests, and says which of them failed; raises when it does not build or a test is not there."""
    built = run(folder, "swift", "build", "-c", "release", "--build-tests")
    if built.returncode:
        raise RuntimeError("it does not build:\n" + built.stdout[-3000:])
    failed = []
    for test in tests:
        done = run(
            folder, "swift", "test", "-c", "release", "--skip-build", "--disable-testable-imports", "--disable-xctest",
            "--filter", f"LearningTests.{test}\\(")
        # A test that ends in a trap tells nothing at its end.
        if not re.search(r"Test run with [1-9]\d* test|exited with unexpected signal", done.stdout):
            raise RuntimeError(f"no test {test}:\n" + done.stdout[-3000:])
        if done.returncode:
            failed.append(test)
    return failed


def main():
    arguments = argparse.ArgumentParser(description="Sees that tests fail for planted mistakes.")
    arguments.add_argument("--workers", type=int, default=2)
    chosen = arguments.parse_args()
    mistakes = json.loads((ROOT / LIST).read_text())
    spoken = threading.Lock()
    folders = [COPIES / str(worker) for worker in range(chosen.workers)]
    free = list(folders)

    def say(line):
        with spoken:
            print(line, flush=True)

    def check(mistake):
        with spoken:
            folder = free.pop()
        try:
            file = folder / mistake["file"]
            good = file.read_text()
            if good.count(mistake["replace"]) != 1:
                return f"{mistake['file']} holds what is replaced {good.count(mistake['replace'])} times"
            try:
                file.write_text(good.replace(mistake["replace"], mistake["with"]))
                passed = [test for test in mistake["fails"] if test not in failing(folder, mistake["fails"])]
            finally:
                file.write_text(good)
            return f"{', '.join(passed)} passed over it" if passed else None
        except RuntimeError as problem:
            return str(problem)
        finally:
            with spoken:
                free.append(folder)

    def prepare(folder):
        copy_to(folder)
        tests = sorted({test for mistake in mistakes for test in mistake["fails"]})
        return failing(folder, tests if folder is folders[0] else tests[:1])

    with concurrent.futures.ThreadPoolExecutor(chosen.workers) as pool:
        for failed in pool.map(prepare, folders):
            if failed:
                say(f"without a mistake these fail: {', '.join(failed)}")
                return 1
        good = True
        for mistake, problem in zip(mistakes, pool.map(check, mistakes)):
            if problem:
                good = False
                say(f"NOT SEEN  {mistake['mistake']}: {problem}")
            else:
                say(f"seen      {mistake['mistake']}: {', '.join(mistake['fails'])}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
