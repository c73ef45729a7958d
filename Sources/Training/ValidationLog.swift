import Documents
import Foundation
import Statistics

/// What a validation found.
package struct ValidationRow: Sendable, Hashable {
  /// The update after which it was made.
  package let update: Int
  /// Environment steps until then.
  package let steps: Int
  /// The measure; nil where it had no figure.
  package let value: Double?
  /// The measure with its interval over the validation paths; nil where it had none, and of a row that was read from a file.
  package var estimate: Estimate?
  /// The share of validation paths without ruin, over all markets by their probability; nil of a row that was read.
  package var survival: Double?
}

/// The validations of a training so far: `validation.csv`.
struct ValidationLog {
  private let path: String
  private let validation: Validation
  /// In the order of their updates.
  private(set) var rows: [ValidationRow] = []

  private static let header = "update,steps,value"

  init(folder: String, _ validation: Validation) {
    path = "\(folder)/validation.csv"
    self.validation = validation
  }

  /// The best of them, the first of equals; nil where none had a figure.
  var best: ValidationRow? { best(upTo: .max) }

  /// The best of those after no more than so many updates, likewise.
  func best(upTo updates: Int) -> ValidationRow? {
    var best: ValidationRow?
    let rows = rows.prefix { $0.update <= updates }
    for row in rows {
      guard let value = row.value else { continue }
      if let old = best?.value, !validation.isBetter(value, than: old) { continue }
      best = row
    }
    return best ?? rows.first
  }

  /// Whether so many have come after the best one that the training ends.
  var isExhausted: Bool {
    guard let patience = validation.patience, let best else { return false }
    return rows.count { $0.update > best.update } >= patience
  }

  /// Adds one; what was noted of this or a later update before is done again.
  ///
  /// - Returns: whether it is the best so far.
  mutating func add(_ row: ValidationRow) -> Bool {
    rows.removeAll { $0.update >= row.update }
    rows.append(row)
    return best == row
  }

  /// Replaces the file.
  func write() throws {
    let lines = rows.map { "\($0.update),\($0.steps),\($0.value.map(JSONWriter.number) ?? "")" }
    try WholeFile.write(Array((([Self.header] + lines).joined(separator: "\n") + "\n").utf8), to: path)
  }

  /// Takes up what the file has of the first updates.
  mutating func read(upTo updates: Int) throws {
    let text = String(decoding: try FileContents.read(path) ?? [], as: UTF8.self)
    rows = text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == 3, let update = Int(fields[0]), let steps = Int(fields[1]),
        update <= updates
      else { return nil }
      return ValidationRow(update: update, steps: steps, value: Double(fields[2]))
    }
  }

  /// Removes the file.
  func remove() throws {
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }
}
