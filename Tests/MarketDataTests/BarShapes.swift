import Documents
import Foundation
import MarketData
import Testing

/// The files of bars under `fixtures`.
enum BarShapes {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures").path

  static func bytes(_ name: String) throws -> [UInt8] {
    try #require(try FileContents.read("\(folder)/\(name)"), "fixtures/\(name)")
  }

  static func table(_ name: String) throws -> CSVTable {
    try CSVTable(bytes(name), file: name)
  }
}
