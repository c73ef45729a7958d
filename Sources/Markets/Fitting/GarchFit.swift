import Documents
import Glibc
import Randomness
import Statistics

/// GARCH with asymmetry fitted by maximum likelihood: quasi-likelihood with normal innovations, Student's with Student ones.
///
/// The mean log return is taken as constant, as everybody does; in the model it falls by half of what h is above its mean, some
/// hundredths of a day's deviation. So annualDrift = m + θ/2.
/// Sources: L. R. Glosten, R. Jagannathan & D. E. Runkle (1993), Journal of Finance 48(5); T. Bollerslev (1987), Review of
/// Economics and Statistics 69(3).
package struct GarchFit: ProcessFitter {
  package let model = "garch"
  /// Student's law, or the normal one.
  package let hasStudentInnovations: Bool
  package let fewest = 250

  package init(hasStudentInnovations: Bool) { self.hasStudentInnovations = hasStudentInnovations }

  package var variant: String { hasStudentInnovations ? "Student innovations" : "normal innovations" }
  package var method: String {
    "maximum likelihood of GJR-GARCH(1,1) with \(variant), by GSL's simplex; robust standard errors"
  }

  /// Places among the numbers.
  private enum Place {
    static let persistence = 2
    static let share = 3
    static let asymmetry = 4
    static let degrees = 5
  }

  /// Where a share counts as 0 or 1: within 0.0003 of it, and within 0.03 where the likelihood has no maximum inside.
  private static let (edge, wideEdge) = (8.0, 3.5)
  private static let fewestDegrees = 3.0
  private static let mostDegrees = 200.0

  package func fit(_ returns: RecordedReturns) throws(FitRefusal) -> ProcessFit {
    let likelihood = GarchLikelihood(returns, isStudent: hasStudentInnovations)
    var pinned = PinnedLikelihood(likelihood, numbers: start(returns, 0.97, 0.08, 0.5))
    var starts = [0.9, 0.97, 0.99].flatMap { persistence in
      [0.05, 0.15].flatMap { share in [0.2, 0.7].map { start(returns, persistence, share, $0) } }
    }
    while true {
      let drift = 0.5 * (exp(starts[0][1]) / returns.allYears).squareRoot()
      let steps = pinned.free([drift, 0.2, 0.5, 0.3, 0.5, 0.2])
      let last: [Double]
      var maximum: LikelihoodMaximum?
      do throws(LikelihoodMaximum.Failure) {
        let found = try LikelihoodMaximum(of: pinned, starts: starts.map(pinned.free), tries: 2, steps: steps)
        maximum = found
        last = pinned.whole(found.numbers)
      } catch {
        guard case .noMaximum(let numbers) = error else { throw FitRefusal("no start of the search has a likelihood") }
        last = pinned.whole(numbers)
      }
      if let next = try edge(last, pinned, within: maximum == nil ? Self.wideEdge : Self.edge) {
        pinned = next
        starts = [next.numbers]
        continue
      }
      guard let maximum else {
        let terms = GarchTerms(last)
        let text = [("persistence", terms.persistence), ("reaction", terms.reaction), ("asymmetry", terms.asymmetry)]
          .map {
            "\($0.0) \(JSONWriter.number($0.1.rounded(toDigits: 4)))"
          }
        throw FitRefusal(
          "the search found no maximum of the likelihood: the returns tell nothing of some parameter where it ended, at "
            + text.joined(separator: ", "))
      }
      return fit(returns, likelihood, pinned, maximum)
    }
  }

  private func start(_ returns: RecordedReturns, _ persistence: Double, _ share: Double, _ asymmetry: Double)
    -> [Double]
  {
    let drift = returns.values.reduce(0, +) / returns.allYears
    let variance =
      zip(returns.values, returns.years).reduce(0) { $0 + ($1.0 - drift * $1.1) * ($1.0 - drift * $1.1) / $1.1 }
      / Double(returns.values.count)
    func logit(_ x: Double) -> Double { log(x / (1 - x)) }
    return [drift, log(variance), logit(persistence), logit(share), logit(asymmetry)]
      + (hasStudentInnovations ? [log(5)] : [])
  }

  /// The likelihood with one number more at the edge of what the model allows, where the search has run to it; nil where it has
  /// to none.
  ///
  /// - Throws: where the model is none any more at that edge.
  private func edge(
    _ last: [Double], _ pinned: PinnedLikelihood, within edge: Double
  ) throws(FitRefusal) -> PinnedLikelihood? {
    guard last[Place.persistence] < Self.edge + 2 else {
      throw FitRefusal(
        "the variance has no mean to return to: its persistence comes to 1; fewer bars, of one regime, may have one")
    }
    guard last[Place.share] > -edge || pinned.pins.contains(Place.share), last[Place.persistence] > -Self.edge else {
      throw FitRefusal(
        "nothing tells that large moves follow large ones: the variance is constant, as in the other processes")
    }
    func pin(_ place: Int, _ number: Double) -> PinnedLikelihood {
      var numbers = last
      numbers[place] = number
      return PinnedLikelihood(pinned.likelihood, numbers: numbers, pins: pinned.pins.union([place]))
    }
    for place in [Place.asymmetry, Place.share] where !pinned.pins.contains(place) && abs(last[place]) > edge {
      return pin(place, last[place] > 0 ? GarchTerms.end : -GarchTerms.end)
    }
    if hasStudentInnovations, !pinned.pins.contains(Place.degrees) {
      let degrees = GarchLikelihood.degrees(last)
      if degrees > Self.mostDegrees {
        throw FitRefusal(
          "its tails are no heavier than those of normal innovations: \(Int(Self.mostDegrees)) degrees of freedom and more"
        )
      }
      if degrees < Self.fewestDegrees { return pin(Place.degrees, log(Self.fewestDegrees - 2)) }
    }
    return nil
  }

  private func fit(
    _ returns: RecordedReturns, _ likelihood: GarchLikelihood, _ pinned: PinnedLikelihood, _ maximum: LikelihoodMaximum
  ) -> ProcessFit {
    var parameters = [
      NaturalParameter("annualDrift", "1/year", .plain) { $0[0] + 0.5 * exp($0[1]) },
      NaturalParameter("annualVolatility", "1/√year", .positive) { exp(0.5 * $0[1]) },
      NaturalParameter("halfLife", ProcessFit.steps, .positive) { -log(2) / log(GarchTerms($0).persistence) },
      NaturalParameter("reaction", "", .root) { GarchTerms($0).reaction },
      NaturalParameter("asymmetry", "", .root) { GarchTerms($0).asymmetry },
    ]
    if hasStudentInnovations {
      parameters.append(NaturalParameter("degreesOfFreedom", "", .positive) { GarchLikelihood.degrees($0) })
    }
    return ProcessFit(
      self, parameters.map { $0.fitted(maximum, robust: true, whole: pinned.whole) }, logLikelihood: maximum.value,
      probabilities: likelihood.probabilities(pinned.whole(maximum.numbers)), starts: maximum.starts,
      session: returns.session)
  }
}

/// A likelihood some of whose numbers do not move.
struct PinnedLikelihood: Likelihood {
  let likelihood: GarchLikelihood
  /// Those that are pinned count.
  let numbers: [Double]
  /// Which are.
  let pins: Set<Int>

  init(_ likelihood: GarchLikelihood, numbers: [Double], pins: Set<Int> = []) {
    self.likelihood = likelihood
    self.numbers = numbers
    self.pins = pins
  }

  /// Of all numbers those that move.
  func free(_ whole: [Double]) -> [Double] {
    numbers.indices.filter { !pins.contains($0) }.map { whole[$0] }
  }

  /// All numbers, from those that move.
  @Sendable
  func whole(_ free: [Double]) -> [Double] {
    var (whole, next) = (numbers, 0)
    for place in whole.indices where !pins.contains(place) {
      whole[place] = free[next]
      next += 1
    }
    return whole
  }

  func terms(_ free: [Double], _ give: (Double) -> Void) { likelihood.terms(whole(free), give) }
}
