/// The measures of one desk with their values, by name; in files each is a key of the desk.
package struct MeasureValues: Sendable {
  private var values: [String: any MeasureValue] = [:]

  /// None yet.
  package init() {}

  /// Estimates every measure of the catalogue that applies.
  package init(_ outcomes: OutcomeTable, _ context: MeasureContext) {
    // Measures of the same columns share what they make of them, and no longer: that is most of a summary's memory.
    let measures = Measures.catalogue.filter {
      (context.performance != nil || !$0.isOfPerformance) && (context.execution != nil || !$0.isOfExecution)
    }
    for measures in Dictionary(grouping: measures, by: { Set($0.columns) }) {
      let outcomes = DeskOutcomes(outcomes.only(Array(measures.key)), context)
      for measure in measures.value { add(measure, outcomes, context) }
    }
  }

  private mutating func add<M: Measure>(_ measure: M, _ outcomes: DeskOutcomes, _ context: MeasureContext) {
    self[measure] = measure.estimate(outcomes, context)
  }

  /// The value of a measure; nil where it does not apply.
  package subscript<M: Measure>(measure: M) -> M.Value? {
    get { values[measure.name] as? M.Value }
    set { values[measure.name] = newValue }
  }

  /// The value of a measure that applies to every desk.
  package subscript<M: Measure>(always measure: M) -> M.Value {
    guard let value = self[measure] else {
      preconditionFailure("Invariant: every desk has the measure \(measure.name)")
    }
    return value
  }

  /// The same without intervals.
  var withoutIntervals: MeasureValues {
    var bare = MeasureValues()
    bare.values = values.mapValues { $0.withoutIntervals }
    return bare
  }

  /// The value of a measure of any kind.
  package func value(of measure: any Measure) -> (any MeasureValue)? { values[measure.name] }
}

extension MeasureValues: Equatable {
  /// Whether both have the same measures with the same values.
  package static func == (one: MeasureValues, other: MeasureValues) -> Bool {
    func isEqual<Value: MeasureValue>(_ one: Value, _ other: (any MeasureValue)?) -> Bool { one == other as? Value }
    return one.values.count == other.values.count && one.values.allSatisfy { isEqual($1, other.values[$0]) }
  }
}

extension MeasureValues: Codable {
  /// A measure's name as a key.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads the measures of the catalogue that are there.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func read<M: Measure>(_ measure: M) throws {
      self[measure] = try container.decodeIfPresent(M.Value.self, forKey: Key(stringValue: measure.name))
    }
    for measure in Measures.catalogue { try read(measure) }
  }

  /// Writes each measure under its name.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (name, value) in values { try container.encode(value, forKey: Key(stringValue: name)) }
  }
}
