import Documents
import Foundation
import Markets

/// What a command line says beside the documents; nil leaves what the study says.
package struct RunSettings: Sendable {
  package var paths: Int?
  package var firstPath: Int?
  package var seed: UInt64?
  /// Names in the panel.
  package var agents: [String]?
  package var severities: [Double]?
  /// Names of risk profiles.
  package var risks: [String]?
  /// Worker threads; they never change a result.
  package var threads: Int
  /// Paths of a tile, a multiple of eight; it never changes a result.
  package var tile: Int

  package init(
    paths: Int? = nil, firstPath: Int? = nil, seed: UInt64? = nil, agents: [String]? = nil,
    severities: [Double]? = nil, risks: [String]? = nil, threads: Int? = nil, tile: Int? = nil
  ) {
    self.paths = paths
    self.firstPath = firstPath
    self.seed = seed
    self.agents = agents
    self.severities = severities
    self.risks = risks
    self.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    self.tile = tile ?? Self.standardTile
  }

  /// The same for another number of paths.
  package func with(paths: Int) -> RunSettings {
    var settings = self
    settings.paths = paths
    return settings
  }

  /// Paths of a tile unless told otherwise: 32 lane groups stay in a core's second-level cache.
  static let standardTile = 256

  /// Checks what can be checked without the study.
  func check() throws(Refusal) {
    if let paths, !(1...1_000_000_000).contains(paths) {
      throw Refusal("--paths lies in 1…1000000000, not at \(paths)")
    }
    if let firstPath, !(0...1 << 40).contains(firstPath) {
      throw Refusal("--first-path lies in 0…\(1 << 40), not at \(firstPath)")
    }
    guard (1...1024).contains(threads) else { throw Refusal("--threads lies in 1…1024, not at \(threads)") }
    guard (8...65_536).contains(tile), tile.isMultiple(of: 8) else {
      throw Refusal("--tile is a multiple of 8 in 8…65536, not \(tile)")
    }
    for severity in severities ?? [] where !(severity >= 0 && severity <= Market.largestSeverity) {
      throw Refusal(
        "--severity is in 0…\(JSONWriter.number(Market.largestSeverity)), not \(JSONWriter.number(severity))")
    }
    if let severities, Set(severities).count != severities.count || severities.isEmpty {
      throw Refusal("--severity names each severity once")
    }
  }
}
