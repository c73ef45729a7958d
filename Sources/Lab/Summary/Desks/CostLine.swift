import Statistics
import Trading

/// One term of the implementation shortfall: means over all paths, positive when it costs.
package struct CostLine: MeasureValue {
  /// Which part of the shortfall it is.
  package let term: CostTerm
  /// Basis points of starting equity, outside event windows.
  package let calm: Estimate
  /// Basis points of starting equity, inside event windows.
  package let event: Estimate

  /// Made by `Measures.CostSplit`, with Student's t intervals.
  package init(term: CostTerm, calm: Estimate, event: Estimate) {
    self.term = term
    self.calm = calm
    self.event = event
  }

  /// The values alone.
  package var withoutIntervals: CostLine {
    CostLine(term: term, calm: calm.withoutIntervals, event: event.withoutIntervals)
  }

  /// Two lines: outside and inside event windows.
  package var lines: [(word: String, estimate: Estimate)] {
    [("\(term.name), calm", calm), ("\(term.name), in event windows", event)]
  }
}
