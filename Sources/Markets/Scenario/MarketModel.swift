/// What every model of a market says about itself: a process, an event, a dependence, a history model.
package protocol MarketModel: Sendable {
  /// What it leaves out: sentences for the report of a scenario that uses it.
  var limits: [String] { get }
  /// Files that it reads beside the document. A run hashes them, so that it is not resumed on others.
  var files: [String] { get }
  /// The parameters that may be drawn per path; empty where there are none. Comes from the form of a `Parametric` model.
  var parameters: [Parameter] { get }
  /// What its states draw step by step or moment by moment: names below those of the asset or event that it stands in,
  /// each made into a key by its site. The parameters' own streams excluded.
  var streamNames: [String] { get }
}

extension MarketModel {
  /// Leaves out nothing that a report should tell.
  package var limits: [String] { [] }
  /// Reads none.
  package var files: [String] { [] }
  /// None may be drawn.
  package var parameters: [Parameter] { [] }
  /// Draws nothing beside its parameters.
  package var streamNames: [String] { [] }
}

extension MarketModel where Self: Parametric {
  /// Those of the fields of its form.
  package var parameters: [Parameter] { Self.form.parameters(of: self) }
}
