import Glibc
import Statistics

/// A parameter of a process as it was fitted.
package struct FittedParameter: Sendable, Hashable {
  /// Its key in documents.
  package let name: String
  /// What it counts.
  package let unit: String
  /// The estimate.
  package let value: Double
  /// From the observed information; nil where the parameter lies on the edge of what the model allows.
  package let standardError: Double?
  /// Likewise where the returns do not quite follow the model's law; nil where it was not computed.
  package let robustStandardError: Double?
  /// The 95 % interval, by the robust standard error where there is one; nil on the edge.
  package let interval: ClosedRange<Double>?

  /// States a parameter.
  package init(
    name: String, unit: String, value: Double, standardError: Double?, robustStandardError: Double? = nil,
    scale: IntervalScale
  ) {
    self.name = name
    self.unit = unit
    self.value = value
    self.standardError = standardError
    self.robustStandardError = robustStandardError
    interval = (robustStandardError ?? standardError).flatMap { scale.interval(around: value, standardError: $0) }
  }

  /// The scale on which an estimate is taken to be normal, so that its interval stays within what the parameter can be.
  package enum IntervalScale: Sendable, Hashable {
    /// The parameter itself.
    case plain
    /// The logarithm of a parameter above 0.
    case positive
    /// The root of a parameter that may well be 0, the interval cut there.
    case root
    /// log(x/(1 − x)) of a parameter in 0…1.
    case share
    /// artanh of a correlation in −1…1 (Fisher's z).
    case correlation

    /// 1.96 standard errors to both sides, by the delta method on the scale.
    func interval(around value: Double, standardError: Double) -> ClosedRange<Double>? {
      let distance = CriticalValue.normal(Estimate.defaultConfidence) * standardError
      let ends: (Double, Double)
      switch self {
      case .plain: ends = (value - distance, value + distance)
      case .root:
        let (middle, half) = (value.squareRoot(), 0.5 * distance / value.squareRoot())
        let low = max(0, middle - half)
        ends = (low * low, (middle + half) * (middle + half))
      case .positive: ends = (value * exp(-distance / value), value * exp(distance / value))
      case .share:
        let (middle, half) = (log(value / (1 - value)), distance / (value * (1 - value)))
        ends = (logistic(middle - half), logistic(middle + half))
      case .correlation:
        let (middle, half) = (atanh(value), distance / (1 - value * value))
        ends = (tanh(middle - half), tanh(middle + half))
      }
      guard ends.0.isFinite, ends.1.isFinite, ends.0 <= ends.1 else { return nil }
      return ends.0...ends.1
    }
  }
}

/// A parameter as a function of the numbers in which its likelihood is maximised.
struct NaturalParameter: Sendable {
  let name: String
  let unit: String
  let scale: FittedParameter.IntervalScale
  let value: @Sendable (_ numbers: [Double]) -> Double

  init(
    _ name: String, _ unit: String, _ scale: FittedParameter.IntervalScale,
    _ value: @escaping @Sendable (_ numbers: [Double]) -> Double
  ) {
    self.name = name
    self.unit = unit
    self.scale = scale
    self.value = value
  }

  /// The parameter at a maximum, its standard errors by the delta method.
  ///
  /// - Parameter whole: all numbers from those that were free.
  func fitted(
    _ maximum: LikelihoodMaximum, robust: Bool, whole: @Sendable ([Double]) -> [Double]
  ) -> FittedParameter {
    let numbers = maximum.numbers
    let slopes = numbers.indices.map { index -> Double in
      let step = 1e-3 * max(maximum.covariance[index][index].squareRoot(), 1e-12)
      func at(_ move: Double) -> Double {
        var moved = numbers
        moved[index] += move
        return value(whole(moved))
      }
      return (at(step) - at(-step)) / (2 * step)
    }
    func deviation(_ covariance: [[Double]]) -> Double? {
      let variance = slopes.indices.reduce(0.0) { sum, row in
        slopes.indices.reduce(sum) { $0 + slopes[row] * covariance[row][$1] * slopes[$1] }
      }
      return variance > 0 && variance.isFinite ? variance.squareRoot() : nil
    }
    return FittedParameter(
      name: name, unit: unit, value: value(whole(numbers)), standardError: deviation(maximum.covariance),
      robustStandardError: robust ? deviation(maximum.robustCovariance) : nil, scale: scale)
  }
}

/// 1/(1 + e^{−x}).
func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
