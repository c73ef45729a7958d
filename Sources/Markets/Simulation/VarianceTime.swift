/// When a sub-step is, in sub-steps and on the clock of variance.
package struct VarianceTime: Sendable, Hashable {
  /// The sub-step: 0 is the first tradable one, the warm-up is negative. Where a step is one sub-step, the step.
  package let substep: Int
  /// Years of variance between the last close and this open: the share of the night or break at a session's first sub-step, else 0.
  package let gapYears: Double
  /// Years of variance from the sub-step's open to its close.
  package let intradayYears: Double
  /// Years of variance from t = 0 to the last close before this sub-step; negative in the warm-up.
  let startYears: Double

  /// Years of variance from t = 0 to this sub-step's close.
  package var endYears: Double { startYears + gapYears + intradayYears }
}
