import Statistics

/// A measure of a desk in two runs.
package struct MeasureComparison: Sendable {
  /// Its key in `summary.json`.
  package let name: String
  /// As a sentence names it.
  package let title: String
  /// As a table's heading names it, with what it is of where that has to be said.
  package let heading: String
  /// What it is measured in.
  package let unit: MeasureUnit
  /// Of the baseline's compared paths.
  package let baseline: Estimate
  /// Of the candidate's compared paths.
  package let candidate: Estimate
  /// Candidate less baseline.
  package let difference: Estimate

  /// The figures alone.
  var withoutIntervals: MeasureComparison {
    MeasureComparison(
      name: name, title: title, heading: heading, unit: unit, baseline: baseline.withoutIntervals,
      candidate: candidate.withoutIntervals,
      difference: difference.withoutIntervals)
  }

  private init(
    name: String, title: String, heading: String, unit: MeasureUnit, baseline: Estimate, candidate: Estimate,
    difference: Estimate
  ) {
    (self.name, self.title, self.heading, self.unit) = (name, title, heading, unit)
    (self.baseline, self.candidate, self.difference) = (baseline, candidate, difference)
  }

  init(_ measure: some Measure, baseline: Estimate, candidate: Estimate, difference: Estimate) {
    (name, title, heading, unit) = (measure.name, measure.title, measure.heading, measure.unit)
    (self.baseline, self.candidate, self.difference) = (baseline, candidate, difference)
  }
}
