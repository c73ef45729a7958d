import Documents
import Foundation
import MarketData
import Pipeline

/// A data folder of its own for a test, gone when the test is over.
final class TemporaryData: Sendable {
  let url: URL
  let folder: DataFolder

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = DataFolder(url.appendingPathComponent("data").path)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The names and contents of all files below a folder of the data folder, but for what `isLeftOut` names.
  func files(below place: String, leavingOut isLeftOut: (String) -> Bool = { _ in false }) throws -> [String: Data] {
    let root = "\(folder.path)/\(place)"
    guard let walk = FileManager.default.enumerator(atPath: root) else { return [:] }
    var files: [String: Data] = [:]
    for case let name as String in walk where !isLeftOut(name) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder), !isFolder.boolValue
      else {
        continue
      }
      files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(name)"))
    }
    return files
  }
}

/// Candles that follow from their time alone.
enum MadeCandles {
  static let hour: Int64 = 3_600_000
  /// 2020-01-01.
  static let start: Int64 = 1_577_836_800_000

  static func candle(_ time: Int64) -> Candle {
    let number = Double((time / 60_000) % 997)
    func text(_ offset: Double) -> String { JSONWriter.number(100 + number / 8 + offset) }
    return Candle(time: time, open: text(0), high: text(1.25), low: text(-1.5), close: text(0.5), volume: text(3))
  }

  /// The candles of a range, one a step.
  static func candles(_ range: Range<Int64>, step: Int64 = hour) -> [Candle] {
    stride(from: range.lowerBound, to: range.upperBound, by: Int64.Stride(step)).map(candle)
  }

  static func origin(step: String = "1h", milliseconds: Int64 = hour, symbol: String = "BTC/USDT") -> CandleOrigin {
    CandleOrigin(
      exchange: "binance", address: "http://127.0.0.1", symbol: symbol, step: step, stepMilliseconds: milliseconds,
      tool: "test")
  }

  static func name(_ text: String = "binance/BTC-USDT/1h") -> DatasetName {
    guard let name = DatasetName(text) else { preconditionFailure("Invariant: tests name datasets") }
    return name
  }
}
