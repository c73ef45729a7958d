import Glibc

extension Double {
  /// The nearest number with so many digits that count; what has no such number, as it is.
  package func rounded(toDigits digits: Int) -> Double {
    guard self != 0, isFinite else { return self }
    // By a power of ten above 0 only: those are exact up to the 22nd, and so is what is left when they are divided by.
    let decimals = digits - 1 - Int(floor(log10(magnitude)))
    let power = pow(10, Double(abs(decimals)))
    let result = decimals >= 0 ? (self * power).rounded() / power : (self / power).rounded() * power
    return result.isFinite && result != 0 ? result : self
  }
}
