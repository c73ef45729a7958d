/// When a step is, in steps and on the clock of variance.
package struct VarianceTime: Sendable, Hashable {
  /// The step: 0 is the first tradable one, the warm-up is negative.
  package let step: Int
  /// Years of variance between the last close and this open: the overnight share at a session's first step, else 0.
  package let gapYears: Double
  /// Years of variance from open to close.
  package let intradayYears: Double
  /// Years of variance from t = 0 to the last close before this step; negative in the warm-up.
  let startYears: Double

  /// Years of variance from t = 0 to this step's close.
  var endYears: Double { startYears + gapYears + intradayYears }
}
