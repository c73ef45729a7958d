import Testing
import Trading

@Suite("The columns of the outcome row")
struct OutcomeColumnTests {
  /// Planted mistakes: the windows' columns taken for one shorter than they are; the notionals before the terms.
  @Test("each column's place is where it stands in the list, and no two share a name")
  func places() {
    #expect(OutcomeColumn.all.map(\.place) == Array(OutcomeColumn.all.indices))
    #expect(Set(OutcomeColumn.all.map(\.name)).count == OutcomeColumn.all.count)
  }

  @Test("each term, notional and window has its column, and what is written there is read there")
  func costs() {
    var row = OutcomeRow(path: 3, desk: 0)
    for (index, column) in OutcomeColumn.all.enumerated() {
      switch column {
      case .fact(let fact): row[fact] = Double(index)
      case .cost(let term, let window): row[term, window] = Double(index)
      case .notional(let notional, let window): row[notional, window] = Double(index)
      }
    }
    #expect(row.values == OutcomeColumn.all.indices.map(Double.init))
    let costs = OutcomeColumn.all.count - OutcomeFact.allCases.count
    #expect(costs == 2 * (CostTerm.allCases.count + TradedNotional.allCases.count))
  }
}
