import Foundation
import Lab
import Testing

/// The repository, as far as installing from it goes.
enum Installation {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Installs into, or uninstalls from, a folder that stands for the root of a system.
  static func place(_ job: String, prefix: String, root: TemporaryFolder) throws -> Int32 {
    let process = Process()
    process.executableURL = repository.appendingPathComponent(".make/place")
    process.arguments = [job]
    process.currentDirectoryURL = repository
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PREFIX": prefix, "DESTDIR": root.url.path, "STRESSLAB": StressLabProgram.path]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// All files below a folder, and its folders with a slash at the end.
  static func contents(_ folder: TemporaryFolder) throws -> Set<String> {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
    return Set(
      paths.map { path in
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: folder.path(path), isDirectory: &isFolder)
        return isThere && isFolder.boolValue ? path + "/" : path
      })
  }
}

@Suite("Installing")
struct InstallationTests {
  /// Seen before: `make install` installed Debian packages.
  @Test("puts everything under the prefix, where it works, and removes exactly that again")
  func installs() throws {
    let root = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: root.path("opt/my lab/share/stresslab"), withIntermediateDirectories: true)
    try root.write("opt/my lab/share/stresslab/mine.txt", "not ours")
    // A folder that was there before stays, however empty.
    try FileManager.default.createDirectory(atPath: root.path("opt/my lab/bin"), withIntermediateDirectories: false)
    let before = try Installation.contents(root)
    #expect(try Installation.place("install", prefix: "/opt/my lab", root: root) == 0)
    let here = root.path("opt/my lab")
    for file in [
      "bin/stresslab", "share/man/man1/stresslab.1", "share/bash-completion/completions/stresslab",
      "share/zsh/site-functions/_stresslab", "share/fish/vendor_completions.d/stresslab.fish",
      "share/stresslab/scenarios/flash-crash.json", "share/stresslab/scenarios/studies/default.json",
      "share/stresslab/scenarios/schema/scenario.json", "share/stresslab/scenarios/templates/agent.json",
    ] {
      #expect(FileManager.default.fileExists(atPath: "\(here)/\(file)"), "\(file)")
    }
    let elsewhere = try TemporaryFolder()
    func installed(_ arguments: String...) throws -> StressLabProgram.Result {
      try RunningProgram("\(here)/bin/stresslab", arguments, in: elsewhere.url).wait()
    }
    let list = try installed("list", "scenarios").output
    #expect(list.contains("\(here)/share/stresslab/scenarios/flash-crash.json: "), "\(list)")
    let shipped = try FileManager.default.contentsOfDirectory(
      atPath: Installation.repository.appendingPathComponent("scenarios").path)
    for name in shipped where name.hasSuffix(".json") { #expect(list.contains("/scenarios/\(name): "), "\(name)") }
    let past = try FileManager.default.contentsOfDirectory(
      atPath: Installation.repository.appendingPathComponent("scenarios/history").path)
    for name in past { #expect(list.contains("/scenarios/history/\(name): "), "\(name)") }
    #expect(!list.contains("/studies/") && !list.contains("/schema/") && !list.contains("/templates/"))
    for line in list.split(separator: "\n") {
      let path = String(line.prefix { $0 != ":" })
      let result = try installed("validate", path)
      #expect(result.code == 0, "\(result.error)")
    }
    // A second time it replaces what it has put there, and a list of the first time does not outlive it.
    #expect(try Installation.place("install", prefix: "/opt/my lab", root: root) == 0)
    #expect(try Installation.place("uninstall", prefix: "/opt/my lab", root: root) == 0)
    #expect(try Installation.contents(root) == before)
    #expect(try Installation.place("uninstall", prefix: "/opt/my lab", root: root) == 1)
  }

  @Test("the man page tells every command, option and exit code")
  func manual() throws {
    let page = try String(
      contentsOf: Installation.repository.appendingPathComponent("docs/stresslab.1"), encoding: .utf8)
    let program = StressLabProgram(folder: try TemporaryFolder())
    let dump = try JSONDecoder().decode(Dump.self, from: Data(program.run("--experimental-dump-help").output.utf8))
    let commands = [dump.command] + (dump.command.subcommands ?? [])
    for command in commands {
      if command.commandName != "stresslab" {
        #expect(page.contains("\n.BI \(command.commandName) ") || page.contains("\n.BR \(command.commandName) "))
      }
      for name in (command.arguments ?? []).flatMap({ $0.names ?? [] }) where name.kind != "longWithSingleDash" {
        let option = name.kind == "long" ? "--\(name.name)" : "-\(name.name)"
        let words = page.split { $0 == " " || $0 == "\n" || $0 == "," || $0 == "\"" }
        #expect(words.contains { $0 == option.replacing("-", with: #"\-"#) }, "\(command.commandName) \(option)")
      }
    }
    #expect(commands.count >= 8)
    #expect(page.contains("StressLab \(Program.version)"))
    let help = try program.run("--help").output
    for code in ["0", "1", "2", "70", "74", "130"] {
      #expect(page.contains("\n.B \(code)\n"))
      #expect(help.firstRange(of: try Regex(#"\b\#(code)\b"#)) != nil)
    }
  }

  private struct Dump: Decodable {
    let command: Command
    struct Command: Decodable {
      let commandName: String
      let subcommands: [Command]?
      let arguments: [Argument]?
    }
    struct Argument: Decodable {
      let names: [Name]?
      struct Name: Decodable {
        let kind: String
        let name: String
      }
    }
  }
}
