import Foundation
import Testing

/// What others have written comes in exact versions, and what is fetched outside of Swift's package manager with hashes too.
@Suite("Dependencies")
struct DependenciesTests {
  private static let requirements = [
    ".make/requirements.txt", ".make/pages-requirements.txt", "Benchmarks/requirements.txt",
    "docs/import/requirements.txt", "docs/import/requirements-cuda.txt",
  ]
  /// Those that are installed in a virtual environment of their own, beside other versions of the same packages.
  private static let apart = [
    "Benchmarks/vectorbt-requirements.txt", ".make/ccxt-requirements.txt", ".make/mlflow-requirements.txt",
    ".make/web-requirements.txt",
  ]

  /// A pinned package of a requirements file.
  private struct Pin {
    let name, version: String
    let hashes: Int
  }

  private static func pins(_ file: String) throws -> [Pin] {
    let text = try Repository.text(file).replacing("\\\n", with: " ")
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }.map { line in
      let match = line.firstMatch(of: /^([A-Za-z0-9._-]+)==([A-Za-z0-9.+]+)/)
      return Pin(
        name: match.map { String($0.1) } ?? String(line), version: match.map { String($0.2) } ?? "",
        hashes: line.matches(of: /--hash=sha256:[0-9a-f]{64}\b/).count)
    }
  }

  @Test("every Python package stands in one version with its hashes", arguments: requirements + apart)
  func areHashed(file: String) throws {
    let pins = try Self.pins(file)
    #expect(!pins.isEmpty)
    for pin in pins {
      #expect(!pin.version.isEmpty, "\(file): \(pin.name)")
      #expect(pin.hashes > 0, "\(file): \(pin.name)")
    }
    #expect(!(try Repository.text(file)).contains("://"), "\(file) names a host")
  }

  @Test("a package that several files of one environment name has one version")
  func agree() throws {
    var versions: [String: String] = [:]
    for pin in try Self.requirements.flatMap(Self.pins) {
      #expect(versions[pin.name, default: pin.version] == pin.version, "\(pin.name)")
      versions[pin.name] = pin.version
    }
  }

  @Test("every Swift package is wanted in an exact version, and what was resolved stays out of the repository")
  func areExact() throws {
    let manifest = try Repository.text("Package.swift")
    let wanted = manifest.matches(of: /\.package\(url: "([^"]+)"(.*)\)/)
    #expect(!wanted.isEmpty)
    for package in wanted { #expect(package.2.contains(/^, exact: "\d+\.\d+\.\d+"/), "\(package.1)") }
    #expect(try Repository.text(".gitignore").split(separator: "\n").contains("Package.resolved"))
  }

  @Test("docs/dependencies.md tells of each of them, and of the libraries and tools of the system")
  func areTold() throws {
    let table = try Repository.text("docs/dependencies.md")
    var names = try (Self.requirements + Self.apart).flatMap(Self.pins).map(\.name)
    names += try Repository.text("Package.swift").matches(of: /\.package\(url: "[^"]+\/([^"\/]+)"/).map {
      String($0.1).replacing(".swift", with: "")
    }
    names += ["libgsl-dev", "libssl-dev", "libsqlite3-dev", "chromium", "default-jre-headless", "dieharder", "wrk"]
    let parts = ["nvidia-", "cuda-", "triton"]
    for name in names where !parts.contains(where: name.hasPrefix) {
      #expect(table.contains("`\(name)`"), "\(name)")
    }
  }
}
