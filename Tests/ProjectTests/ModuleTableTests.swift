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

  @Test("no source file imports a module that the table does not give its target")
  func imported() throws {
    let reach = reach()
    let ours = Set(table.map(\.target))
    let line = /^(?:@\w+ )*(?:(?:public|package|internal|private) )?import (?:(?:struct|enum|class|func) )?(\w+)/
      .anchorsMatchLineEndings()
    for target in targets {
      for file in Repository.files(in: target.path) where file.hasSuffix(".swift") {
        for match in try Repository.text("\(target.path)/\(file)").matches(of: line) {
          let module = String(match.1)
          guard ours.contains(module) else { continue }
          #expect(reach[target.name]?.contains(module) == true, "\(target.path)/\(file) imports \(module)")
        }
      }
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
