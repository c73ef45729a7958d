import Foundation
import Glibc
import Lab
import Testing

@Suite("The files of a report")
struct ReportFilesTests {
  private static let charts = [(name: "a.svg", contents: "<a/>"), (name: "b.svg", contents: "<b/>")]

  /// A folder that holds a report of two charts.
  private static func written() throws -> (TemporaryFolder, ReportFolder) {
    let folder = try TemporaryFolder()
    let report = ReportFolder(folder.path("run"))
    try report.write(page: "first", charts: charts)
    return (folder, report)
  }

  /// Everything under a folder: files with their contents, links with their ends.
  private static func contents(_ folder: String) throws -> [String: String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        let path = folder + "/" + name
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
        return (name, link.map { "-> \($0)" } ?? (try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
      })
  }

  /// Seen before: every SVG behind a linked `charts` was deleted.
  @Test(
    "are not written through links, of whatever name, and what a link names stays",
    arguments: [
      "charts", "index.html", "charts.txt", "charts/a.svg", "summary.json", "manifest.json", "results.sqlite",
    ])
  func links(name: String) throws {
    let (folder, report) = try Self.written()
    let path = report.path + "/" + name
    let isFolder = name == "charts"
    try? FileManager.default.removeItem(atPath: path)
    if isFolder {
      try FileManager.default.createDirectory(atPath: folder.path("mine"), withIntermediateDirectories: true)
      for file in ["a.svg", "c.svg"] { try folder.write("mine/" + file, "mine") }
    } else {
      try folder.write("mine", "mine")
    }
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.path("mine"))
    let before = try Self.contents(folder.path("."))
    let problem = #expect(throws: StoreProblem.self) { try report.write(page: "second", charts: Self.charts) }
    #expect(
      problem == StoreProblem("\(path) is a symbolic link, and is not followed: remove it", .unfit),
      "\(String(describing: problem))")
    #expect(try Self.contents(folder.path(".")) == before)
  }

  @Test(
    "of a run are not written through links either: not by report, --resume or --overwrite",
    arguments: [
      "charts", "index.html", "charts.txt", "summary.json", "manifest.json", "results.sqlite", "results.sqlite-wal",
      "results.sqlite-shm", "results.sqlite-journal",
    ])
  func linksOfRuns(name: String) throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    let settings = RunSettings(paths: 8, agents: ["flat"], severities: [1], threads: 1)
    _ = try RunnerTests.run(study, into: folder.path("run"), settings)
    let report = ReportFolder(folder.path("run"))
    try report.write(page: "page", charts: Self.charts)
    let path = report.path + "/" + name
    // Where the link leads lies what lay there, or something of the user's.
    if FileManager.default.fileExists(atPath: path) {
      try FileManager.default.moveItem(atPath: path, toPath: folder.path("mine"))
    } else {
      try folder.write("mine", "mine")
    }
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.path("mine"))
    let before = try Self.contents(folder.path("."))
    let refusal = RunProblem.refused(Refusal("\(path) is a symbolic link, and is not followed: remove it"))
    #expect(throws: refusal) { try report.readSummary() }
    for (resume, overwrite) in [(false, false), (true, false), (false, true), (true, true)] {
      #expect(throws: refusal) {
        try RunnerTests.run(study, into: report.path, settings, resume: resume, overwrite: overwrite)
      }
    }
    #expect(try Self.contents(folder.path(".")) == before)
  }

  @Test("replace those of an earlier report and no other: what somebody else has put among the charts stays")
  func others() throws {
    let (folder, report) = try Self.written()
    try folder.write("run/charts/mine.svg", "mine")
    try report.write(page: "second", charts: [(name: "b.svg", contents: "<new/>"), (name: "c.svg", contents: "<c/>")])
    #expect(
      try Self.contents(report.path) == [
        "charts": "", "charts.txt": "b.svg\nc.svg\n", "charts/b.svg": "<new/>", "charts/c.svg": "<c/>",
        "charts/mine.svg": "mine", "index.html": "second",
      ])
    // A name that is taken by somebody else is said before anything is written.
    let before = try Self.contents(report.path)
    #expect(
      throws: StoreProblem(
        "\(report.path)/charts/mine.svg is not of an earlier report, and is not replaced: move it to another place",
        .unfit)
    ) {
      try report.write(page: "third", charts: [(name: "mine.svg", contents: "<ours/>"), (name: "b.svg", contents: "")])
    }
    #expect(try Self.contents(report.path) == before)
  }

  @Test(
    "of a page beside the first are listed, replaced and removed as charts are, and not written through a link",
    arguments: ["agent", "desk", "market"])
  func pages(_ kind: String) throws {
    let (folder, report) = try Self.written()
    try folder.write("run/\(kind)-mine.html", "mine")
    let pages = [(name: "\(kind)-a.html", contents: "a"), (name: "\(kind)-b.html", contents: "b")]
    try report.write(page: "second", pages: pages, charts: Self.charts)
    #expect(try Self.contents(report.path)["charts.txt"] == "a.svg\nb.svg\n\(kind)-a.html\n\(kind)-b.html\n")
    #expect(
      throws: StoreProblem(
        "\(report.path)/\(kind)-mine.html is not of an earlier report, and is not replaced: move it to another place",
        .unfit)
    ) {
      try report.write(page: "third", pages: [(name: "\(kind)-mine.html", contents: "ours")], charts: [])
    }
    try folder.write("run/\(kind)-b.html.stresslab-part", "hal")
    try report.write(page: "third", pages: [pages[1]], charts: Self.charts)
    #expect(
      try Self.contents(report.path) == [
        "charts": "", "charts.txt": "a.svg\nb.svg\n\(kind)-b.html\n", "charts/a.svg": "<a/>", "charts/b.svg": "<b/>",
        "index.html": "third", "\(kind)-b.html": "b", "\(kind)-mine.html": "mine",
      ])
    try FileManager.default.removeItem(atPath: report.path + "/\(kind)-b.html")
    try FileManager.default.createSymbolicLink(
      atPath: report.path + "/\(kind)-b.html", withDestinationPath: folder.path("run/\(kind)-mine.html"))
    #expect(
      throws: StoreProblem("\(report.path)/\(kind)-b.html is a symbolic link, and is not followed: remove it", .unfit)
    ) { try report.write(page: "fourth", pages: [pages[1]], charts: Self.charts) }
    #expect(try String(contentsOfFile: report.path + "/\(kind)-mine.html", encoding: .utf8) == "mine")
  }

  @Test("of a report before there were lists are those that its page links to")
  func withoutList() throws {
    let (folder, report) = try Self.written()
    try FileManager.default.removeItem(atPath: report.path + "/charts.txt")
    try folder.write("run/index.html", "<a href=\"charts/a.svg\"></a><a href=\"charts/../../x.svg\"></a>")
    try folder.write("x.svg", "mine")
    try FileManager.default.removeItem(atPath: report.path + "/charts/b.svg")
    try folder.write("run/charts/mine.svg", "mine")
    try report.write(page: "second", charts: [(name: "b.svg", contents: "<b/>")])
    #expect(try FileManager.default.contentsOfDirectory(atPath: report.charts).sorted() == ["b.svg", "mine.svg"])
    #expect(FileManager.default.fileExists(atPath: folder.path("x.svg")))
  }

  @Test("that a killed process has left half-written are removed by the next, and nothing that looks like them")
  func parts() throws {
    let (folder, report) = try Self.written()
    for name in ["index.html", "summary.json", "charts.txt", "charts/b.svg", "charts/old.svg"] {
      try folder.write("run/\(name).stresslab-part", "hal")
    }
    let others = ["notes.stresslab-part", "index.html.part", "charts/b.svg.part", "charts/notes.txt.stresslab-part"]
    for name in others { try folder.write("run/\(name)", "mine") }
    try report.write(page: "first", charts: Self.charts)
    let expected = ["charts", "charts.txt", "charts/a.svg", "charts/b.svg", "index.html"] + others
    #expect(try Self.contents(report.path).keys.sorted() == expected.sorted())
  }

  /// Folders, pipes and devices in the place of a file.
  @Test("do not replace what is no file", arguments: ["index.html", "charts.txt", "charts", "charts/a.svg"])
  func noFiles(name: String) throws {
    let (folder, report) = try Self.written()
    defer { withExtendedLifetime(folder) {} }
    let path = report.path + "/" + name
    try FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o600) == 0)
    let what = name == "charts" ? "folder" : "regular file"
    #expect(throws: StoreProblem("\(path) is no \(what), and is not replaced", .unfit)) {
      try report.write(page: "second", charts: Self.charts)
    }
  }

  @Test("do not replace a database of somebody else that has the store's name, not with --overwrite either")
  func otherDatabase() throws {
    let folder = try TemporaryFolder()
    let study = try SmallScenario.write(to: folder)
    try FileManager.default.createDirectory(atPath: folder.path("run"), withIntermediateDirectories: true)
    let path = folder.path("run/results.sqlite")
    let code = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('create table recipes (cake text)')"
    _ = try folder.run("/usr/bin/env", ["python3", "-c", code, path])
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    for (resume, overwrite) in [(false, false), (true, false), (false, true), (true, true)] {
      #expect(
        throws: RunProblem.refused(
          Refusal("\(path) is a database of something else: choose another folder with --out"))
      ) {
        try RunnerTests.run(
          study, into: folder.path("run"), RunSettings(paths: 8), resume: resume, overwrite: overwrite)
      }
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test("are not written by two at once")
  func locked() throws {
    let (folder, report) = try Self.written()
    defer { withExtendedLifetime(folder) {} }
    let other = open(report.path, O_RDONLY | O_DIRECTORY)
    defer { close(other) }
    #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
    #expect(throws: StoreProblem("\(report.path) is being written to by another run", .unfit)) {
      try report.write(page: "second", charts: Self.charts)
    }
  }
}
