/// An agent of the panel, as the report introduces it.
package struct AgentLine: Codable, Sendable, Equatable {
  /// Its name in the study.
  package let name: String
  /// The catalogue's name, such as `momentum`.
  package let model: String
  /// What it does, with its parameters, in a sentence.
  package let text: String
  /// Gross exposure that it aims for, as a multiple of equity; nil where it has none.
  package let leverage: Double?

  /// A run makes it from its study.
  package init(name: String, model: String, text: String, leverage: Double? = nil) {
    self.name = name
    self.model = model
    self.text = text
    self.leverage = leverage
  }
}
