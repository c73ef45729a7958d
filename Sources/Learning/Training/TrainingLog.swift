import Documents

/// A training's log as text: a row of `training.csv` and a line of progress for each update.
package enum TrainingLog {
  /// A column: its name in the header, and how a record's number is read and written.
  private struct Column: Sendable {
    let name: String
    let text: @Sendable (UpdateRecord) -> String
    let read: @Sendable (inout UpdateRecord, Double?) -> Void
  }

  private static func column(_ path: WritableKeyPath<UpdateRecord, Int> & Sendable, _ name: String) -> Column {
    Column(
      name: name, text: { "\($0[keyPath: path])" }, read: { $0[keyPath: path] = $1.flatMap { Int(exactly: $0) } ?? 0 })
  }

  private static func column(_ path: WritableKeyPath<UpdateRecord, Double> & Sendable, _ name: String) -> Column {
    Column(name: name, text: { number($0[keyPath: path]) }, read: { $0[keyPath: path] = $1 ?? .nan })
  }

  private static func column(_ path: WritableKeyPath<UpdateRecord, Double?> & Sendable, _ name: String) -> Column {
    Column(name: name, text: { $0[keyPath: path].map(number) ?? "" }, read: { $0[keyPath: path] = $1 })
  }

  private static func number(_ value: Double) -> String { value.isFinite ? JSONWriter.number(value) : "" }

  private static let columns: [Column] = [
    column(\.update, "update"), column(\.steps, "steps"), column(\.meanReward, "meanReward"),
    column(\.meanReturn, "meanReturn"), column(\.episodes, "episodes"), column(\.policyLoss, "policyLoss"),
    column(\.valueLoss, "valueLoss"), column(\.entropy, "entropy"), column(\.approximateKL, "approximateKL"),
    column(\.clipFraction, "clipFraction"), column(\.explainedVariance, "explainedVariance"),
    column(\.gradientNorm, "gradientNorm"), column(\.gradientSteps, "gradientSteps"),
    column(\.learningRate, "learningRate"), column(\.clip, "clip"), column(\.stepsPerSecond, "stepsPerSecond"),
  ]

  /// The names of the columns.
  package static var header: String { columns.map(\.name).joined(separator: ",") }

  /// A record as a row; what is not known is empty.
  package static func row(_ record: UpdateRecord) -> String {
    columns.map { $0.text(record) }.joined(separator: ",")
  }

  /// The record in a row, or nil when it is none.
  package static func record(_ row: some StringProtocol) -> UpdateRecord? {
    let fields = row.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count == columns.count else { return nil }
    var record = UpdateRecord()
    for (column, field) in zip(columns, fields) {
      let value = Double(field)
      guard field.isEmpty || value != nil else { return nil }
      column.read(&record, value)
    }
    return record
  }

  /// A record as a line for people.
  ///
  /// - Parameter updates: how many there will be.
  package static func line(_ record: UpdateRecord, of updates: Int) -> String {
    let parts = [
      "update \(record.update) of \(updates)", "\(record.steps) steps", "reward \(short(record.meanReward))",
      record.meanReturn.map { "return \(short($0))" }, "KL \(short(record.approximateKL))",
      "clipped \(short(100 * record.clipFraction)) %",
      record.explainedVariance.map { "explained variance \(short($0))" }, "entropy \(short(record.entropy))",
      "policy loss \(short(record.policyLoss))", "value loss \(short(record.valueLoss))",
      "\(short(record.stepsPerSecond.rounded())) steps/s",
    ]
    return parts.compactMap(\.self).joined(separator: " · ")
  }

  /// Three significant digits.
  private static func short(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "–" }
    var scale = 1.0
    while abs(value) * scale < 100, scale < 1e12 { scale *= 10 }
    return JSONWriter.number((value * scale).rounded() / scale)
  }
}
