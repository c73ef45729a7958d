/// A risk profile of the study, as the report introduces it.
package struct RiskProfileLine: Codable, Sendable, Equatable {
  /// Its name in the study.
  package let name: String
  /// Its rules with their parameters, in a sentence; "no rules" where it has none.
  package let text: String

  /// A run makes it from its study.
  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// What the text says of a profile that has no rules.
  package static let noRules = "no rules"

  /// Whether it has no rules, so that others are judged by it.
  package var isWithoutRules: Bool { text == Self.noRules }
}
