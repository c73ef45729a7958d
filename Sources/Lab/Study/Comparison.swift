import Documents

/// Two desks that a study sets against each other, on the same paths; written beforehand, not picked from the results.
package struct Comparison: Sendable, Hashable {
  /// The desk that is judged.
  package let desk: DeskName
  /// The desk that it is judged by.
  package let against: DeskName

  /// As documents write it: both desks by name.
  struct Written: Sendable, Hashable {
    let desk: String
    let against: String

    static let form = Form(
      Field("desk", .string, "the desk that is judged, as agent/profile"),
      Field("against", .string, "the desk that it is judged by, as agent/profile"),
      make: Written.init)
  }

  /// Finds the desks of comparisons.
  ///
  /// - Parameter desks: all that the study has.
  /// - Throws: names that no desk has, and a desk that is compared with itself, at their places in the study.
  static func found(_ written: [Written], among desks: [DeskName]) throws(FormViolation) -> [Comparison] {
    let known = Dictionary(desks.map { ($0.text, $0) }, uniquingKeysWith: { first, _ in first })
    var violations: [FormViolation] = []
    func desk(_ text: String, at place: String) -> DeskName? {
      if let desk = known[text] { return desk }
      let hint = Suggestion.hint(for: text, among: desks.map(\.text))
      violations.append(FormViolation(place, "no desk is called \(quoted(text))\(hint)"))
      return nil
    }
    var comparisons: [Comparison] = []
    for (index, pair) in written.enumerated() {
      let place = "compare/\(index)"
      guard let first = desk(pair.desk, at: "\(place)/desk"),
        let second = desk(pair.against, at: "\(place)/against")
      else { continue }
      if first == second {
        violations.append(FormViolation("\(place)/against", "a desk is compared with another one"))
      } else if comparisons.contains(Comparison(desk: first, against: second)) {
        violations.append(FormViolation(place, "the same comparison stands here twice"))
      }
      comparisons.append(Comparison(desk: first, against: second))
    }
    guard violations.isEmpty else { throw FormViolation(violations) }
    return comparisons
  }
}

/// A desk of a study, whatever the scenario and the severity: an agent behind a risk profile.
package struct DeskName: Codable, Sendable, Hashable {
  /// The agent's name in the panel.
  package let agent: String
  /// The risk profile's name.
  package let risk: String

  /// As documents and command lines write it: `momentum/house`.
  package var text: String { "\(agent)/\(risk)" }
}
