import Foundation
import Testing

/// What an agent must not know it cannot name: each of these lines, put into an agent's or a rule's decision, must not
/// compile. The compiler of the toolchain is asked, with the modules of this build.
@Suite("What is hidden from agents")
struct HiddenFromAgentsTests {
  /// A line of an agent's code, and why it must be refused.
  struct Line: Sendable, CustomTestStringConvertible {
    let code: String
    let secret: String

    var testDescription: String { secret }
  }

  /// An agent, or a rule, whose decision holds one line more.
  private static func source(_ line: String) -> String {
    """
    import Lanes
    import Markets
    import Trading

    struct Curious: Agent, RiskRule {
      func lookBack(_ market: MarketTerms) -> Int { 0 }
      func makeSeat(_ site: DeskSite) -> any Seat { CuriousState() }
      func makeState(_ site: DeskSite) -> any RiskRuleState { CuriousState() }
    }

    final class CuriousState: Seat, RiskRuleState {
      func reset() {}
      func observe(_ market: MarketView) {}
      func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
        \(line)
      }
    }
    """
  }

  /// What the compiler says to a source: its errors.
  private static func errors(_ line: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("curious-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("Curious.swift")
    try Data(source(line).utf8).write(to: file)
    // The test bundle lies beside the folder of the modules; the C modules lie in the sources.
    let built = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let places = [built, Bundle.main.bundleURL.deletingLastPathComponent()]
    let products = try #require(
      places.first { FileManager.default.fileExists(atPath: $0.path + "/Modules") }, "the build has a folder of modules"
    )
    // The package manager makes the package's name of the folder's.
    let package = String(root.lastPathComponent.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "swiftc", "-typecheck", "-swift-version", "6", "-package-name", package,
      "-I", products.path + "/Modules", "-Xcc", "-fmodule-map-file=\(products.path)/CLanes.build/module.modulemap",
      "-Xcc", "-fmodule-map-file=\(root.path)/Sources/CGSL/module.modulemap",
      "-Xcc", "-fmodule-map-file=\(root.path)/Sources/CCrypto/module.modulemap", file.path,
    ]
    let output = Pipe()
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").map(String.init).filter {
      $0.contains("Curious.swift:") && $0.contains("error:")
    }
  }

  @Test("an agent may name bars, clock, names, venue terms, its position, weight and equity")
  func allowed() throws {
    let line = """
      _ = (market.bars[0].close, market.step, market.terms.clock, market.terms.assets, market.terms.venue)
          _ = (account.positions[0].quantity, account.weight(asset: 0, group: 0), account.accounts[0].equity)
      """
    #expect(try Self.errors(line) == [])
  }

  @Test(
    "a source that names what an agent must not know does not compile",
    arguments: [
      Line(code: "market.tile.advance()", secret: "the tile and its next step"),
      Line(code: "_ = market.eventStart(0)", secret: "when an event starts"),
      Line(code: "_ = market.terms.events", secret: "which events there are"),
      Line(code: "_ = market.terms.severity", secret: "how severe they are"),
      Line(code: "_ = market.parameters(ofPath: 0)", secret: "what was drawn for the path"),
      Line(code: "_ = market.terms.correlation", secret: "the true correlations"),
      Line(code: "_ = market.interiors", secret: "where the price was inside the step"),
      Line(code: "_ = market.bars[0].volatility", secret: "the volatility that was drawn"),
      Line(code: "_ = market.inEventWindow", secret: "whether an event is on"),
      Line(
        code: "_ = MarketView(unsafeBitCast(0, to: MarketTile.self), market.terms)", secret: "a view of another tile"),
    ])
  func hidden(_ line: Line) throws {
    let errors = try Self.errors(line.code)
    #expect(errors.count == 1, "\(line.code): \(errors)")
    let isAboutTheName = errors.first.map {
      $0.contains("has no member") || $0.contains("inaccessible") || $0.contains("cannot be constructed")
    }
    #expect(isAboutTheName == true, "\(errors)")
  }
}
