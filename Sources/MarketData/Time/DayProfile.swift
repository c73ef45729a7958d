import Documents

/// How volume, volatility and spread go over a trading day: each as factors of its mean, in equal parts of the day's trading.
///
/// Factors are taken over their own mean (volatilities over the root of their mean square), so that the day's volume and
/// variance, and the mean spread, stay what the rest of a document says. Events multiply what is made of it.
package struct DayProfile: Sendable, Hashable {
  /// What one of the three does.
  package enum Course: Sendable, Hashable {
    /// The same all day.
    case flat
    /// Factors of equal parts of the day, in order.
    case parts([Double])
    /// A parabola whose ends lie this many times as high as its middle; in as many parts as divide the day's steps, 48 at
    /// most.
    case uShape(Double)

    /// Factors of the mean in equal parts of a day of so many steps; nil where the parts do not divide it.
    func factors(stepsPerDay: Int) -> [Double]? {
      let factors: [Double]
      switch self {
      case .flat: return [1]
      case .parts(let parts):
        guard !parts.isEmpty, stepsPerDay % parts.count == 0 else { return nil }
        factors = parts
      case .uShape(let ratio):
        let count = (1...48).last { stepsPerDay % $0 == 0 } ?? 1
        factors = (0..<count).map { part in
          let x = (2 * Double(part) + 1) / Double(count) - 1
          return 1 + (ratio - 1) * x * x
        }
      }
      return factors
    }
  }

  /// Of the volume of a step.
  package let volume: Course
  /// Of the volatility, in a step from open to close.
  package let volatility: Course
  /// Of the half-spread.
  package let spread: Course

  /// The same all day.
  package static let flat = DayProfile()

  /// States a profile.
  package init(volume: Course = .flat, volatility: Course = .flat, spread: Course = .flat) {
    self.volume = volume
    self.volatility = volatility
    self.spread = spread
  }

  /// Its courses by the names of their fields.
  var courses: [(field: String, course: Course)] {
    [("volume", volume), ("volatility", volatility), ("spread", spread)]
  }
}

extension DayProfile {
  /// The profiles that a document can name.
  package static let catalogue = Catalogue<DayProfile>(
    "profiles",
    .entry("uShape", uShapeForm, "a parabola: most at open and close") { $0 },
    .entry("parts", partsForm, "factors of equal parts of the day") { $0 })

  private static let uShapeForm = Form(
    Field("volume", ratio, default: 1, "volume at open and close over that in the middle of the day"),
    Field("volatility", ratio, default: 1, "volatility there, likewise"),
    Field("spread", ratio, default: 1, "half-spread there, likewise"),
    make: { (volume, volatility, spread) throws(FormViolation) in
      if volume == 1, volatility == 1, spread == 1 {
        throw FormViolation("a profile without a ratio could not be seen: it needs volume, volatility or spread")
      }
      func course(_ ratio: Double) -> Course { ratio == 1 ? .flat : .uShape(ratio) }
      return DayProfile(volume: course(volume), volatility: course(volatility), spread: course(spread))
    })

  private static let partsForm = Form(
    Field("volume", .optional(factors), "volume in each part, up to a factor"),
    Field("volatility", .optional(factors), "volatility in each, likewise"),
    Field("spread", .optional(factors), "half-spread in each, likewise"),
    make: { (volume, volatility, spread) throws(FormViolation) in
      if volume == nil, volatility == nil, spread == nil {
        throw FormViolation("a profile without factors could not be seen: it needs volume, volatility or spread")
      }
      func course(_ parts: [Double]?) -> Course { parts.map(Course.parts) ?? .flat }
      return DayProfile(volume: course(volume), volatility: course(volatility), spread: course(spread))
    })

  private static var ratio: FieldKind<Double> { .number(.factor, in: .between(0.01, 100)) }
  private static var factors: FieldKind<[Double]> {
    .list(.number(.factor, in: .between(0.001, 1000)), count: 2...1440)
  }
}

/// A profile on the steps of a day.
struct DayFactors: Sendable, Hashable {
  /// Factors of the mean in equal parts of the day, of variance, volume and half-spread; each list has the mean 1.
  let variance, volume, spread: [Double]

  /// The factors of a profile.
  ///
  /// - Throws: parts that do not divide the day's steps; fields are those of the profile.
  init(_ profile: DayProfile, stepsPerDay: Int) throws(FormViolation) {
    var violations: [FormViolation] = []
    func factors(_ field: String, _ course: DayProfile.Course) -> [Double] {
      guard let factors = course.factors(stepsPerDay: stepsPerDay) else {
        let count = if case .parts(let parts) = course { parts.count } else { 0 }
        violations.append(
          FormViolation(field, "it has \(count) parts, which do not divide a day of \(stepsPerDay) steps"))
        return [1]
      }
      if factors.count == 1, course != .flat {
        violations.append(FormViolation(field, "a day of \(stepsPerDay) steps has no equal parts of at most 48"))
      }
      return factors
    }
    func overMean(_ factors: [Double]) -> [Double] {
      let mean = factors.reduce(0, +) / Double(factors.count)
      return factors.map { $0 / mean }
    }
    volume = overMean(factors("volume", profile.volume))
    variance = overMean(factors("volatility", profile.volatility).map { $0 * $0 })
    spread = overMean(factors("spread", profile.spread))
    guard violations.isEmpty else { throw FormViolation(violations) }
  }
}
