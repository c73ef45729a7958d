import Statistics

/// A measure of a desk in two runs.
package struct MeasureComparison: Sendable {
  /// Its key in `summary.json`.
  package let name: String
  /// As a table's heading names it.
  package let title: String
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
      name: name, title: title, unit: unit, baseline: baseline.withoutIntervals, candidate: candidate.withoutIntervals,
      difference: difference.withoutIntervals)
  }

  private init(
    name: String, title: String, unit: MeasureUnit, baseline: Estimate, candidate: Estimate, difference: Estimate
  ) {
    (self.name, self.title, self.unit) = (name, title, unit)
    (self.baseline, self.candidate, self.difference) = (baseline, candidate, difference)
  }

  init(_ measure: some Measure, baseline: Estimate, candidate: Estimate, difference: Estimate) {
    (name, title, unit) = (measure.name, measure.title, measure.unit)
    (self.baseline, self.candidate, self.difference) = (baseline, candidate, difference)
  }
}
