import ArgumentParser
import Documents
import Foundation
import Lab
import MarketData

/// How files of recorded bars are read.
struct BarsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file's own names of columns: time, asset, open, high, low, close, volume, unadjustedClose.",
      valueName: "what=column,..."))
  var names: String?

  @Option(help: "What to do about missing bars: refuse, or allow and compute as if none were.")
  var gaps: GapHandling = .refuse

  /// The names of columns that --names gives.
  func roles() throws(Refusal) -> [BarLayout.Role: String] { try Self.roles(names) }

  /// The names of columns in the text of --names.
  static func roles(_ names: String?) throws(Refusal) -> [BarLayout.Role: String] {
    var roles: [BarLayout.Role: String] = [:]
    for part in (names ?? "").split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard pair.count == 2, !pair[1].isEmpty else {
        throw Refusal("--names takes pairs such as time=Date, not \(quoted(String(part)))")
      }
      guard let role = BarLayout.Role(rawValue: pair[0]) else {
        let known = BarLayout.Role.allCases.map(\.rawValue)
        throw Refusal("--names: a bar has no \(quoted(pair[0]))\(Suggestion.hint(for: pair[0], among: known))")
      }
      guard roles.updateValue(pair[1], forKey: role) == nil else {
        throw Refusal("--names has \(pair[0]) twice")
      }
    }
    return roles
  }

  /// Says on standard error what was done to the rows of a file, if anything was.
  func say(_ file: BarFile) {
    for sentence in file.warnings { Output.error("stresslab: \(file.bars.table.file): \(sentence)") }
  }

  /// Refuses gaps, or says on standard error that there are some.
  ///
  /// - Parameters:
  ///   - assets: whose bars are looked at; nil for all.
  ///   - moments: when the bar after a gap was recorded; nil for whenever.
  ///   - otherwise: what is done where they are allowed.
  func check(
    _ bars: BarTable, of assets: [String]? = nil, within moments: Range<Int64>? = nil, otherwise: String
  ) throws(Refusal) {
    let found = bars.gaps(of: assets, within: moments)
    guard !found.isEmpty else { return }
    switch gaps {
    case .refuse:
      Output.error(Problems(found).description)
      throw Refusal("bars are missing; --gaps allow \(otherwise)")
    case .allow:
      let count = found.count < CSVTable.maximumProblems ? "\(found.count)" : "at least \(found.count)"
      Output.error("stresslab: \(count) gap\(found.count == 1 ? "" : "s") allowed, the first: \(found[0])")
    }
  }
}

extension GapHandling: ExpressibleByArgument {}
