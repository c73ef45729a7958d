import Foundation
import Testing

@Suite("What the program writes")
struct OutputTests {
  /// Runs a line of shell, in which `$P` is the program, and returns its exit code and what it said on standard error.
  private func shell(_ line: String, _ folder: TemporaryFolder) throws -> (code: String, error: String) {
    let text = try folder.run(
      "/bin/bash", ["-c", "P='\(StressLabProgram.path)'; set -o pipefail; { \(line); } 2>error; echo -n $?"])
    return (text, try String(contentsOfFile: folder.path("error"), encoding: .utf8))
  }

  /// A folder with what a command reads.
  private func folder(for command: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SmallTraining.write(to: folder)
    try folder.write("bars.csv", BrokenDocumentTests.csv)
    if command.hasPrefix("report") {
      _ = try StressLabProgram(folder: folder).run("run", "study.json", "--paths", "8", "--out", "done", "--quiet")
    }
    return folder
  }

  static let commands = [
    "run study.json --paths 8 --json --overwrite", "run study.json --paths 8 --overwrite", "validate study.json",
    "list", "list indicators", "list clock step", "schema scenario", "template study", "report done", "--help",
    "help run", "--version", "--generate-completion-script bash", "features bars.csv --columns close",
    "train training.json --overwrite", "validate training.json", "schema training", "preview small.json",
    "fit '\(bars)' --asset IBM --process gbm",
  ]

  /// Enough recorded bars for a fit.
  private static let bars = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv").path

  /// Seen before: exit code 0 of all but `features`.
  @Test("an output that is full or closed is told, with exit code 74", arguments: commands)
  func unwritten(_ command: String) throws {
    let folder = try folder(for: command)
    let full = try shell("$P \(command) > /dev/full", folder)
    #expect(full.code == "74")
    #expect(full.error.hasSuffix("stresslab: standard output can't be written: the disk is full\n"), "\(full)")
    let closed = try shell("$P \(command) >&-", folder)
    #expect(closed.code == "74")
    #expect(closed.error.hasSuffix("stresslab: standard output can't be written: Bad file descriptor\n"), "\(closed)")
  }

  @Test("a reader that has seen enough ends it quietly", arguments: commands)
  func closedPipe(_ command: String) throws {
    let folder = try folder(for: command)
    let result = try shell("$P \(command) | true", folder)
    #expect(result == ("0", ""))
  }

  @Test("closed standard files are never taken for a file of ours")
  func closedAll() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let result = try shell("$P run study.json --paths 8 --out run <&- >&- 2>&-", folder)
    #expect(result.code == "74")
    let report = try StressLabProgram(folder: folder).run("report", "run", "--quiet")
    #expect(report.code == 0, "\(report.error)")
  }

  @Test("a file that can't be written for want of space ends with 74, one that can't be there with 2")
  func features() throws {
    let folder = try TemporaryFolder()
    try folder.write("bars.csv", BrokenDocumentTests.csv)
    let none = try shell("$P features bars.csv --columns close --out no/folder.csv", folder)
    #expect(none.code == "2")
    let limited = try shell(
      "(ulimit -f 0; trap '' XFSZ; $P features bars.csv --columns close --out f.csv) 2>&1 | cat >&2", folder)
    #expect(limited == ("74", "stresslab: f.csv can't be written: the file would be larger than the system allows\n"))
  }

  /// Runs the program in a pseudo-terminal of a kind and returns all that comes out.
  private func terminal(
    _ kind: String, columns: Int = 80, environment: [String: String] = [:], _ folder: TemporaryFolder,
    _ arguments: String...
  ) throws -> String {
    let script = """
      import fcntl, os, pty, struct, sys, termios
      kind, columns, program = sys.argv[1], int(sys.argv[2]), sys.argv[3]
      pid, terminal = pty.fork()
      if pid == 0:
          os.environ["TERM"] = kind
          fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
          os.execv(program, [program] + sys.argv[4:])
      text = b""
      while True:
          try:
              block = os.read(terminal, 65536)
          except OSError:
              break
          if not block:
              break
          text += block
      os.waitpid(pid, 0)
      sys.stdout.buffer.write(text)
      """
    let variables = environment.map { "\($0.key)=\($0.value)" }
    return try folder.run(
      "/usr/bin/env",
      ["-u", "NO_COLOR"] + variables + ["python3", "-c", script, kind, "\(columns)", StressLabProgram.path] + arguments)
  }

  @Test("a terminal gets a line that is drawn over and a little colour; a dumb one, NO_COLOR and --color never do not")
  func colour() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let run = ["run", "study.json", "--paths", "8", "--overwrite"]
    let plain = try terminal("xterm", folder, run[0], run[1], run[2], run[3], run[4])
    #expect(plain.contains("\u{1B}[1mflat/house") && plain.contains("\r100 % [=====") && plain.contains("\u{1B}[K"))
    let dumb = try terminal("dumb", folder, run[0], run[1], run[2], run[3], run[4])
    #expect(!dumb.contains("\u{1B}") && dumb.contains("flat/house"))
    let unwanted = try terminal(
      "xterm", environment: ["NO_COLOR": "1"], folder, run[0], run[1], run[2], run[3], run[4])
    #expect(!unwanted.contains("\u{1B}[1m"))
    let never = try terminal("xterm", folder, run[0], run[1], run[2], run[3], run[4], "--color", "never")
    #expect(!never.contains("\u{1B}[1m"))
    try folder.write("bad.json", "{")
    let problem = try terminal("xterm", folder, "validate", "bad.json")
    #expect(problem.contains("\u{1B}[1mbad.json:1:2:\u{1B}[0m"), "\(problem)")
    let always = try StressLabProgram(folder: folder).run("validate", "--color", "always", "bad.json")
    #expect(always.error.hasPrefix("\u{1B}[1mbad.json:1:2:\u{1B}[0m"))
    let file = try StressLabProgram(folder: folder).run("validate", "bad.json")
    #expect(file.error.hasPrefix("bad.json:1:2:"))
  }

  /// Seen before: lines of 190 columns, each of which took three of a terminal.
  @Test("the key figures of a run fit a terminal of 80 columns; a file has a line that says all for each desk")
  func table() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let text = try terminal(
      "xterm", columns: 80, folder, "run", "study.json", "--paths", "200", "--color", "never", "--out", "out")
    let lines = text.replacing("\r\n", with: "\n").split(separator: "\n").filter { !$0.contains("\u{1B}") }
    #expect(lines.count == 2 + 2 + 12 + 1 && lines.allSatisfy { $0.count <= 80 }, "\(text)")
    #expect(
      lines[0] == "small, severity 0" && lines[1].contains(#/^ +survives % +recovers % +costs bps of notional$/#),
      "\(text)")
    let wide = try StressLabProgram(folder: folder).run("report", "out").output.split(separator: "\n")
    #expect(wide.count == 13 && wide.dropLast().allSatisfy { $0.contains("severity") && $0.contains("survives") })
    let costs =
      #/  costs ([0-9.]+ bps \[[^\]]*\] of traded notional|–)  with forced sales ([0-9.]+ bps \[[^\]]*\] of traded notional|–)$/#
    #expect(wide.dropLast().allSatisfy { $0.replacing(#/ {2,}/#, with: "  ").contains(costs) }, "\(wide)")
    #expect(wide.contains { $0.contains("bps") })
    let broad = try terminal("xterm", columns: 400, folder, "report", "out", "--color", "never")
    #expect(broad.replacing("\r\n", with: "\n").split(separator: "\n") == wide)
  }

  @Test("progress stays on one line of a terminal of any width", arguments: [20, 40, 60, 80, 200])
  func width(_ columns: Int) throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let text = try terminal("xterm", columns: columns, folder, "run", "study.json", "--paths", "64", "--tile", "8")
    let drawn = text.split(separator: "\r").filter { $0.hasSuffix("\u{1B}[K") }
    #expect(!drawn.isEmpty)
    for line in drawn { #expect(line.dropLast(3).count < columns, "\(line)") }
  }

  @Test("a training's progress stays on one line of a terminal of any width", arguments: [20, 60, 200])
  func training(_ columns: Int) throws {
    let folder = try TemporaryFolder()
    try SmallTraining.write(to: folder, updates: 60)
    let text = try terminal("xterm", columns: columns, folder, "train", "training.json", "--tracking", "none")
    let lines = text.replacing("\r\n", with: "\n").split(separator: "\n")
    #expect(lines.count == 2 && lines.last?.hasPrefix("agents/training/seed-3: growth ") == true, "\(text)")
    let drawn = lines.first?.split(separator: "\r") ?? []
    #expect(drawn.count > 1 && drawn.last?.hasPrefix("100 %") == true, "\(text)")
    for line in drawn { #expect(line.hasSuffix("\u{1B}[K") && line.dropLast(3).count < columns, "\(line)") }
  }
}
