import Foundation
import Testing

/// What an agent must not know it cannot name: each of these lines, put into an agent's or a rule's decision, must not
/// compile. The compiler of the toolchain is asked, with the modules of this build.
@Suite("What is hidden from agents")
struct HiddenFromAgentsTests {
  /// A line of an agent's code, and why it must be refused.
  private struct Line {
    let code: String
    let secret: String
  }

  /// An agent, which is a rule too, with a method for each of some lines; each line of code stands on a line of its own.
  private static func source(_ lines: [String]) -> String {
    let methods = lines.enumerated().map { number, line in
      "  func look\(number)(_ market: MarketView, _ account: AccountView) {\n\(line)\n  }"
    }
    return """
      import Lanes
      import Markets
      import Trading

      struct Curious: Agent, RiskRule {
        var files: [String] { [] }
        func lookBack(_ market: MarketTerms) -> Int { 0 }
        func makeSeat(_ site: DeskSite) -> any Seat { CuriousState() }
        func makeState(_ site: DeskSite) -> any RiskRuleState { CuriousState() }
      }

      final class CuriousState: Seat, RiskRuleState {
        func reset() {}
        func observe(_ market: MarketView) {}
        func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {}
      \(methods.joined(separator: "\n"))
      }

      """
  }

  /// What the compiler says to lines of an agent's code: its errors, each beginning with the line of code it is about.
  private static func errors(_ lines: [String]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("curious-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("Curious.swift")
    let code = source(lines)
    try Data(code.utf8).write(to: file)
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
    let codeLines = code.split(separator: "\n", omittingEmptySubsequences: false)
    return text.split(separator: "\n").compactMap { message in
      guard let place = message.firstMatch(of: /Curious\.swift:(\d+):\d+: (error: .*)/), let line = Int(place.1) else {
        return nil
      }
      return "\(codeLines[line - 1]): \(place.2)"
    }
  }

  @Test("an agent may name bars, whether they are stale, clock, names, venue terms, its position, weight and equity")
  func allowed() throws {
    let lines = [
      "_ = (market.bars[0].close, market.step, market.terms.clock, market.terms.assets, market.terms.venue)",
      "_ = market.isStale(group: 0)",
      "_ = (account.positions[0].quantity, account.weight(asset: 0, group: 0), account.accounts[0].equity)",
    ]
    #expect(try Self.errors(lines) == [])
  }

  /// What must be refused, each with its secret.
  private static let hidden = [
    Line(code: "market.tile.advance()", secret: "the tile and its next step"),
    Line(code: "_ = market.eventStart(0)", secret: "when an event starts"),
    Line(code: "_ = market.terms.events", secret: "which events there are"),
    Line(code: "_ = market.terms.severity", secret: "how severe they are"),
    Line(code: "_ = market.parameters(ofPath: 0)", secret: "what was drawn for the path"),
    Line(code: "_ = market.terms.correlation", secret: "the true correlations"),
    Line(code: "_ = market.interiors", secret: "where the price was inside the step"),
    Line(code: "_ = market.bars[0].volatility", secret: "the volatility that was drawn"),
    Line(code: "_ = market.inEventWindow", secret: "whether an event is on"),
    Line(code: "_ = market.venueEffects", secret: "what events do to the venue"),
    Line(code: "account.positions[0].quantity = .zero", secret: "a position to write to"),
    Line(code: "_ = MarketView.init(_:_:_:perClose:)", secret: "a view of another tile"),
  ]

  /// Planted mistake: a view that hands on where events are on.
  @Test("a source that names what an agent must not know does not compile")
  func hidden() throws {
    let errors = try Self.errors(Self.hidden.map(\.code))
    for line in Self.hidden {
      let about = errors.filter { $0.hasPrefix(line.code) }
      #expect(about.count == 1, "\(line.secret): \(about)")
      let isAboutTheName = about.allSatisfy {
        $0.contains("has no member") || $0.contains("inaccessible") || $0.contains("cannot be constructed")
          || $0.contains("is get-only")
      }
      #expect(isAboutTheName, "\(about)")
    }
    #expect(errors.count == Self.hidden.count, "\(errors)")
  }
}
