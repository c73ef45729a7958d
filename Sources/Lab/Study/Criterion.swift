import Documents

/// What a desk must reach, written before anything is run: a measure, a limit, and how sure one has to be.
package struct Criterion: Sendable, Hashable, Codable {
  /// A measure of one number by its name in `stresslab list measures`, or `lossExceedance`.
  package let measure: String
  /// The loss on the way that `lossExceedance` counts the paths of, a fraction of starting equity; nil for others.
  package let loss: Double?
  /// The share of paths that are not the tail of `expectedShortfall`; nil for the measure as it is, and for others.
  package let level: Double?
  /// The desk that it is about; nil: all of them.
  package let desk: DeskName?
  /// The scenario's name; nil: all of them.
  package let scenario: String?
  /// θ at which it is judged; nil: 1, or the highest that is run where 1 is not.
  package let severity: Double?
  /// Whether the measure has to reach the limit, or must not exceed it.
  package let isAtLeast: Bool
  /// In the measure's unit.
  package let limit: Double
  /// Of each one-sided bound, in (0.5, 1).
  package let confidence: Double

  /// The share of paths whose equity was ever so far under its start.
  package static let lossExceedance = "lossExceedance"

  /// A criterion of every desk in every scenario.
  package init(
    _ measure: String, loss: Double? = nil, level: Double? = nil, atLeast limit: Double, confidence: Double = 0.95
  ) {
    self.init(
      measure: measure, loss: loss, level: level, desk: nil, scenario: nil, severity: nil, isAtLeast: true,
      limit: limit, confidence: confidence)
  }

  /// A criterion of every desk in every scenario.
  package init(
    _ measure: String, loss: Double? = nil, level: Double? = nil, atMost limit: Double, confidence: Double = 0.95
  ) {
    self.init(
      measure: measure, loss: loss, level: level, desk: nil, scenario: nil, severity: nil, isAtLeast: false,
      limit: limit, confidence: confidence)
  }

  private init(
    measure: String, loss: Double?, level: Double?, desk: DeskName?, scenario: String?, severity: Double?,
    isAtLeast: Bool, limit: Double, confidence: Double
  ) {
    self.measure = measure
    self.loss = loss
    self.level = level
    self.desk = desk
    self.scenario = scenario
    self.severity = severity
    self.isAtLeast = isAtLeast
    self.limit = limit
    self.confidence = confidence
  }

  /// What a report shows of a study without criteria of its own; they decide nothing.
  package static let usual = [
    Criterion("survival", atLeast: 0.99), Criterion(lossExceedance, loss: 0.2, atMost: 0.05),
    Criterion("expectedShortfall", level: 0.975, atMost: 0.15), Criterion("recovery", atLeast: 0.5),
  ]

  /// The same of a study whose mandate is to execute: a mean shortfall of half a per cent, of 5 % in the tail, and all but 5 %
  /// done in time.
  package static let usualOfExecution = [
    Criterion("implementationShortfallBps", atMost: 50), Criterion("shortfallTailBps", atMost: 500),
    Criterion("completion", atLeast: 0.95),
  ]
}

extension Criterion {
  /// Whether a figure that is known for sure meets it.
  func holds(_ value: Double) -> Bool { isAtLeast ? value >= limit : value <= limit }
}

extension Criterion {
  /// As documents write it: the desk by its name, one of two limits.
  struct Written: Sendable {
    let measure: String
    let loss: Double?
    let level: Double?
    let desk: String?
    let scenario: String?
    let severity: Double?
    let atLeast: Double?
    let atMost: Double?
    let confidence: Double

    private static let lossField = Field<Double?>(
      "loss", .optional(.number(.fractionOfEquity, in: .above(0, atMost: 1))),
      "the loss on the way that lossExceedance counts the paths of")
    private static let levelField = Field<Double?>(
      "level", .optional(.number(in: .between(0.5, 0.9999))),
      "the share of paths that are not the tail of expectedShortfall")
    private static let severityField = Field<Double?>(
      "severity", .optional(.number(.factor, in: .atLeast(0))),
      "where it is judged; left out: 1, or the highest severity that is run where 1 is not")
    private static let confidenceField = Field<Double>(
      "confidence", .number(in: .between(0.5, 0.9999)), default: 0.95, "of the one-sided bound that must reach it")

    static let form = Form(
      Field<String>(
        "measure", .string, "a measure of one number from `stresslab list measures`, or `lossExceedance`"),
      lossField, levelField,
      Field<String?>("desk", .optional(.string), "the desk, as agent/profile; left out: every desk"),
      Field<String?>("scenario", .optional(.string), "the scenario's name; left out: every scenario"),
      severityField,
      Field<Double?>("atLeast", .optional(.number()), "what the measure has to reach, in its unit"),
      Field<Double?>("atMost", .optional(.number()), "what the measure must not exceed, in its unit"),
      confidenceField,
      make: Written.init)
  }

  /// Finds what criteria are about.
  ///
  /// - Throws: unknown measures, desks and severities, and limits that are none, at their places in the study.
  static func found(
    _ written: [Written], desks: [DeskName], severities: [Double], mandate: Study.Mandate
  ) throws(FormViolation) -> [Criterion] {
    var violations: [FormViolation] = []
    var criteria: [Criterion] = []
    for (index, one) in written.enumerated() {
      let place = "criteria/\(index)"
      let count = violations.count
      func note(_ field: String, _ message: String) { violations.append(FormViolation("\(place)/\(field)", message)) }
      let known = JudgedMeasure.names
      if !known.contains(one.measure) {
        note(
          "measure",
          "no measure of one number is called \(quoted(one.measure))\(Suggestion.hint(for: one.measure, among: known))")
      }
      if !mandate.executes, JudgedMeasure.namesOfExecution.contains(one.measure) {
        note("measure", "\(one.measure) is of a mandate \"execute\", and the study's is another")
      }
      let countsLosses = one.measure == lossExceedance
      if countsLosses, one.loss == nil { note("measure", "\(lossExceedance) needs a \"loss\"") }
      if !countsLosses, one.loss != nil { note("loss", "only \(lossExceedance) has a loss") }
      if one.level != nil, one.measure != "expectedShortfall" { note("level", "only expectedShortfall has a level") }
      if (one.atLeast == nil) == (one.atMost == nil) {
        violations.append(FormViolation(place, "a criterion has either \"atLeast\" or \"atMost\""))
      }
      let desk = one.desk.flatMap { text in desks.first { $0.text == text } }
      if let text = one.desk, desk == nil {
        note("desk", "no desk is called \(quoted(text))\(Suggestion.hint(for: text, among: desks.map(\.text)))")
      }
      if let severity = one.severity, !severities.contains(severity) {
        let run = severities.map(JSONWriter.number).joined(separator: ", ")
        note("severity", "the study has no severity \(JSONWriter.number(severity)), but \(run)")
      }
      guard violations.count == count, let limit = one.atLeast ?? one.atMost else { continue }
      let criterion = Criterion(
        measure: one.measure, loss: one.loss, level: one.level, desk: desk, scenario: one.scenario,
        severity: one.severity, isAtLeast: one.atLeast != nil, limit: limit, confidence: one.confidence)
      criteria.append(criterion)
    }
    guard violations.isEmpty else { throw FormViolation(violations) }
    return criteria
  }
}
