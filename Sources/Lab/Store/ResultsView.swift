import Trading

/// The view `results`: the outcomes as people ask for them, with names in place of codes and seconds in place of steps.
package enum ResultsView {
  /// A column of the view.
  package struct Column: Sendable {
    package let name: String
    /// The column in SQL, over outcomes `o`, desks `d` and markets `m`.
    let expression: String
    /// A sentence for the documentation.
    package let summary: String
  }

  /// The columns in order.
  package static let columns: [Column] =
    [
      Column(name: "path", expression: "o.path", summary: "number of the path"),
      Column(name: "desk", expression: "o.desk", summary: "number of the desk"),
    ]
    + ["scenario", "severity", "agent", "risk"].map {
      Column(name: $0, expression: "d.\($0)", summary: "as in the table desks")
    }
    + OutcomeFact.allCases.map(column)
    + [
      Column(
        name: "finalReturn", expression: "o.finalEquity / o.startEquity - 1",
        summary: "final over starting equity, less one"),
      Column(
        name: "executionCostBps",
        expression: "1e4 * (\(sum(Measures.ExecutionCost.isCounted))) / nullif(\(filled), 0)",
        summary: "cost of its own orders over traded notional, in basis points; null where nothing was traded"),
      Column(
        name: "costWithForcedSalesBps",
        expression: "1e4 * (\(sum(Measures.CostWithForcedSales.isCounted))) / nullif(\(filled), 0)",
        summary: "the same with what forced sales cost"),
      Column(
        name: "shortfallBps", expression: "1e4 * o.shortfall / o.startEquity",
        summary: "implementation shortfall over starting equity, in basis points"),
    ]

  /// The sum of some cost terms in both windows.
  private static func sum(_ isCounted: (CostTerm) -> Bool) -> String {
    CostWindow.allCases.flatMap { window in
      CostTerm.allCases.filter(isCounted).map { "o.\(OutcomeColumn.cost($0, window).name)" }
    }.joined(separator: " + ")
  }
  private static let filled = CostWindow.allCases.map { "o.\(OutcomeColumn.notional(.filled, $0).name)" }
    .joined(separator: " + ")

  private static func column(_ fact: OutcomeFact) -> Column {
    switch fact.unit {
    case .number, .quoteCurrency, .drawdown:
      return Column(name: "\(fact)", expression: "o.\(fact)", summary: fact.summary)
    case .code(let names):
      let cases = names.enumerated().map { " WHEN \($0) THEN '\($1)'" }.joined()
      return Column(name: "\(fact)", expression: "CASE o.\(fact)\(cases) END", summary: fact.summary)
    case .step:
      return Column(
        name: "\(fact)".replacing("Step", with: "Seconds"),
        expression: "CASE WHEN o.\(fact) >= 0 THEN (o.\(fact) + 1) * m.stepSeconds END",
        summary: fact.summary + ", in seconds from t = 0 to its close; null is never")
    case .steps:
      return Column(
        name: "\(fact)Seconds", expression: "o.\(fact) * m.stepSeconds", summary: fact.summary + ", in seconds")
    }
  }

  /// The statement that makes the view.
  static var statement: String {
    let columns = columns.map { "\($0.expression) AS \($0.name)" }.joined(separator: ",\n  ")
    return """
      CREATE VIEW results AS SELECT
        \(columns)
      FROM outcomes o JOIN desks d ON d.desk = o.desk JOIN markets m ON m.market = d.market
      """
  }
}
