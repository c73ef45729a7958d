import Foundation
import Testing

/// The table of modules in `docs/architecture.md` against what the package declares and what the sources import.
struct ModuleTableTests {
  /// What `swift package describe` says of a target.
  private struct Target: Decodable {
    let name, path: String
    let target_dependencies: [String]?
  }

  private struct Package: Decodable { let targets: [Target] }

  /// The table's rows from top to bottom: target and what it may name as imports.
  private let table: [(target: String, imports: [String])]

  /// The targets under `Sources`; benchmarks and tests may import anything.
  private let targets: [Target]

  init() throws {
    let row = /^\| `(\w+)` \| .* \| (.+) \|$/.anchorsMatchLineEndings()
    var rows: [(target: String, imports: [String])] = []
    for match in try Repository.text("docs/architecture.md").matches(of: row) {
      let imports =
        switch match.2 {
        case "–": [String]()
        case "all": rows.map(\.target)
        default: match.2.split(separator: ", ").map(String.init)
        }
      rows.append((String(match.1), imports))
    }
    table = rows
    targets = try Self.described.get().filter { $0.path.hasPrefix("Sources/") }
  }

  @Test("the table names the package's targets, all of them and no other")
  func complete() {
    #expect(!table.isEmpty)
    #expect(table.map(\.target).sorted() == targets.map(\.name).sorted())
  }

  @Test("every arrow of the table points up")
  func acyclic() {
    var above: Set<String> = []
    for row in table {
      for imported in row.imports {
        #expect(above.contains(imported), "\(row.target) imports \(imported), which does not stand above it")
      }
      above.insert(row.target)
    }
  }

  @Test("no target declares a dependency that the table does not give it")
  func declared() {
    let reach = reach()
    for target in targets {
      for dependency in target.target_dependencies ?? [] {
        #expect(reach[target.name]?.contains(dependency) == true, "\(target.name) declares \(dependency)")
      }
    }
  }

  /// Who reaches a module through another alone keeps its layouts of before when it changes, and crashes.
  ///
  /// Planted mistake that it was seen to fail with: what is reached not named in the manifest.
  @Test("every target declares what its files import, so that a change of the one builds the other again")
  func rebuilt() throws {
    let ours = Set(targets.map(\.name))
    for target in targets {
      let declared = Set(target.target_dependencies ?? [])
      for module in try imports(of: target) where ours.contains(module.name) {
        #expect(declared.contains(module.name), "\(target.path)/\(module.file) imports \(module.name)")
      }
    }
  }

  @Test("no source file imports a module that the table does not give its target")
  func imported() throws {
    let reach = reach()
    let ours = Set(table.map(\.target))
    for target in targets {
      for module in try imports(of: target) where ours.contains(module.name) {
        #expect(
          reach[target.name]?.contains(module.name) == true, "\(target.path)/\(module.file) imports \(module.name)")
      }
    }
  }

  /// The modules that the files of a target import.
  private func imports(of target: Target) throws -> [(name: String, file: String)] {
    let line = /^(?:@\w+ )*(?:(?:public|package|internal|private) )?import (?:(?:struct|enum|class|func) )?(\w+)/
      .anchorsMatchLineEndings()
    return try Repository.files(in: target.path).filter { $0.hasSuffix(".swift") }.flatMap { file in
      try Repository.text("\(target.path)/\(file)").matches(of: line).map { (name: String($0.1), file: file) }
    }
  }

  /// For each target of the table, everything that it may import: what its row names and what that reaches.
  private func reach() -> [String: Set<String>] {
    var reach: [String: Set<String>] = [:]
    for row in table {
      reach[row.target] = row.imports.reduce(into: []) { all, imported in
        all.insert(imported)
        all.formUnion(reach[imported] ?? [])
      }
    }
    return reach
  }

  /// The package as its manifest declares it, asked once.
  private static let described = Result { try describe() }

  private static func describe() throws -> [Target] {
    // The running `swift test` holds the build lock, which is not needed to ask.
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swift", "package", "--ignore-lock", "describe", "--type", "json"]
    process.currentDirectoryURL = Repository.root
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Package.self, from: bytes).targets
  }
}
