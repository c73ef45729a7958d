import Documents
import Foundation
import MarketData
import Training

/// A small training over recorded bars with windows, in a folder of its own, which goes when the value does.
///
/// The bars are of 120 weekdays and two assets; the scenario's 100 days begin with the eleventh. Windows of 40, 10 and 15 days
/// begin on days 0, 15 and 30; five days are left.
final class SmallWalk {
  let folder: String

  /// Rows of each asset.
  static let rows = 120
  /// The row of step 0.
  static let firstRow = 10

  /// - Parameters:
  ///   - training: members of the document that stand in place of the small ones.
  ///   - scenario: members of the scenario, likewise.
  ///   - bump: a row of which close and volume are other ones.
  init(training: [String: String] = [:], scenario: [String: String] = [:], bump: Int? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("walk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try writeBars(bump: bump)
    try write("market.json", Self.scenario.merging(scenario) { $1 })
    try write("training.json", Self.training.merging(training) { $1 })
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The document, read.
  var file: TrainingFile {
    get throws { try TrainingFile(reading: "\(folder)/training.json") }
  }

  /// The day of a row.
  static func day(_ row: Int) -> CalendarDay { CalendarDay(daysSince1970: 14_998).weekdays(later: row) }

  /// The close of a row of X, and of Y.
  static func close(_ row: Int, asset: Int) -> Double {
    let wave = sin(Double(row * (7 + asset)) * 0.37) + 0.4 * sin(Double(row * row % 97))
    return (100 + Double(asset) * 50) * exp(0.001 * Double(row) + 0.02 * wave)
  }

  /// Writes the bars anew; only a later bump changes anything.
  func writeBars(bump: Int?) throws {
    var lines = ["time,asset,open,high,low,close,volume"]
    for (asset, name) in ["X", "Y"].enumerated() {
      for row in 0..<Self.rows {
        let before = Self.close(max(0, row - 1), asset: asset)
        let close = Self.close(row, asset: asset) * (row == bump ? 1.1 : 1)
        let (high, low) = (max(before, close) * 1.004, min(before, close) * 0.996)
        let volume = 1000 + row % 7 + (row == bump ? 5000 : 0)
        lines.append("\(Self.day(row))T00:00:00Z,\(name),\(before),\(high),\(low),\(close),\(volume)")
      }
    }
    try lines.joined(separator: "\n").write(toFile: "\(folder)/bars.csv", atomically: true, encoding: .utf8)
  }

  private func write(_ name: String, _ members: [String: String]) throws {
    let text = members.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { "\"\($0)\": \($1)" }
    try "{ \(text.joined(separator: ",\n")) }".write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  private static let scenario: [String: String] = {
    let liquidity = #""liquidity": { "halfSpreadBps": 2, "depthTo1Percent": 10000, "refillHalfLife": "20s" }"#
    return [
      "stresslab": #""scenario/1""#, "title": #""walk""#,
      "clock": """
      { "step": "1d", "length": "100d", "warmup": "8d", "start": "\(day(firstRow))",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York",
          "daysPerYear": 252 } }
      """,
      "history": #"{ "model": "replay", "file": "bars.csv", "columns": { "asset": "asset" } }"#,
      "assets": """
      { "X": { "price": \(close(firstRow - 1, asset: 0)), "history": "X", \(liquidity) },
        "Y": { "price": 300, "history": "Y", \(liquidity) } }
      """,
      "venue": #"{ "takerFeeBps": 2, "initialMargin": 0.25, "maintenanceMargin": 0.1 }"#,
    ]
  }()

  private static let training = [
    "stresslab": #""training/1""#, "title": #""walk""#, "scenarios": #"[{ "file": "market.json" }]"#,
    "observations":
      #"[{ "model": "return", "bars": 2, "halfLife": 4 }, { "model": "volume" }, { "model": "position" }]"#,
    "mandate": #"{ "leverage": 2, "deadBand": 0.1 }"#, "hidden": "[6]",
    "hyperparameters": """
    { "totalSteps": 2000, "environments": 8, "rolloutSteps": 40, "minibatch": 80, "epochs": 2, "learningRate": 0.01 }
    """,
    "validation": #"{ "paths": 8, "every": 2 }"#, "seeds": "[3]",
    "walkForward": #"{ "train": "40d", "validate": "10d", "test": "15d" }"#,
  ]
}
