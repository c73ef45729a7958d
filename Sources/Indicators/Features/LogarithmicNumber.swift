import Lanes

/// An indicator's number that also has a logarithm: that of lanes, so that one lane and eight are equal bit for bit.
protocol LogarithmicNumber: IndicatorNumber {
  /// The natural logarithm to under 1 ulp; −∞ at 0, NaN below.
  static func logarithm(_ a: Self) -> Self
}

extension Lanes: LogarithmicNumber {
  @inline(__always)
  package static func logarithm(_ a: Lanes) -> Lanes { log(a) }
}

extension Double: LogarithmicNumber {
  @inline(__always)
  package static func logarithm(_ a: Double) -> Double { log(Lanes(a))[0] }
}
