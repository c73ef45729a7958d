import Documents

/// Something that may be wrong with bars, and how it is found.
///
/// A new one is one new file here and one line in `BarChecks.all`.
package protocol BarCheck: Sendable {
  /// Its name, as in `--drop`, `--fix` and JSON.
  var name: String { get }
  /// What it finds, in one line.
  var summary: String { get }
  /// What findings are called that are counted: `spike`, `spikes`.
  var words: (one: String, several: String) { get }
  /// What it finds in rows, in the order of the file or of time.
  func findings(in rows: CheckedRows) -> [Finding]
}

/// All checks.
package enum BarChecks {
  /// In the order in which they are told.
  package static let all: [any BarCheck] = [
    UnreadableRows(), DisorderedRows(), DuplicateRows(), NonPositivePrices(), ImpossibleBars(), MissingBars(),
    UnadjustedSplits(), Spikes(), StaleCloses(), VolumeStandstills(),
  ]
}

/// Prices and counts in sentences.
enum CleaningWords {
  /// A number as it is written in files.
  static func number(_ value: Double) -> String { JSONWriter.number(value) }

  /// A number to three digits.
  static func factor(_ value: Double) -> String { JSONWriter.number(value.rounded(toDigits: 3)) }

  /// A change to three digits: `-12.3 %`.
  static func percent(_ fraction: Double) -> String { "\(fraction > 0 ? "+" : "")\(factor(100 * fraction)) %" }
}
