import Documents
import Lanes
import MarketData
import Randomness

/// Truncated α-stable moves: over each sub-step, and over each night, the log price moves by a stable variable of scale c that stays
/// within ±r_max.
///
/// What goes beyond r_max is drawn again. c is where the truncated moves have the variance of `annualVolatility` over their time: so it
/// grows as dt^{1/α} only as far as truncation leaves it. α = 2 is a normal law with variance 2c². A move of more than six
/// deviations √2·c is a jump, and lands at the open of its sub-step; others run from open to close on a Brownian bridge with the
/// deviation √2·c, which is where intraday extremes come from. Jumps and the other moves are each compensated, so that
/// E[S_T] = S₀e^{μT}; while events multiply the volatility, which moves c of what is no jump, too. The angle of a variable is made of the
/// price's normal, and its exponential of one that has the same correlations, so that prices go together as the file says.
/// Sources: B. Mandelbrot (1963), Journal of Business 36(4); R. Mantegna & H. E. Stanley (1994), Physical Review Letters 73(22), for
/// truncation; `StableLaw`.
package struct Stable: PriceProcess, Parametric {
  /// Drift μ of the price, 1/year.
  package let annualDrift: Draw
  /// Volatility of the log price, close to close, 1/√year: of the truncated moves.
  package let annualVolatility: Double
  /// α, in (0, 2].
  package let stability: Double
  /// β, in −1…1; without effect at α = 2.
  package let skew: Double
  /// r_max, in log price; above 0.
  package let largestMove: Double

  /// States the model.
  package init(
    annualDrift: Draw = .fixed(0), annualVolatility: Double, stability: Double, skew: Double = 0, largestMove: Double
  ) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
    self.stability = stability
    self.skew = skew
    self.largestMove = largestMove
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0), "drift of the price"),
    ModelField(
      "annualVolatility", .number(.perSquareRootYear, in: .above(0, atMost: 20)),
      "volatility of the log price, close to close, as it is truncated"),
    ModelField(
      "stability", .number(in: .above(0, atMost: 2)),
      "the index α: the smaller, the heavier the tails; 2 is the normal law"),
    ModelField(
      "skew", .number(in: .between(-1, 1)), default: 0, "the skewness β: below 0 falls have the heavier tail"),
    ModelField(
      "largestMove", .number(.logReturn, in: .above(0, atMost: 1)),
      "how far a sub-step, or a night, moves the log price at most: what goes beyond is drawn again"),
    make: { Stable(annualDrift: $0, annualVolatility: $1, stability: $2, skew: $3, largestMove: $4) })

  /// The law of its moves with scale 1.
  package var law: StableLaw { StableLaw(alpha: stability, beta: skew) }

  /// Its moves over some years of variance; nil where they cannot have their variance.
  package func moves(_ tails: inout StableTails, years: Double) -> StableMoves? {
    StableMoves(&tails, variance: annualVolatility * annualVolatility * years, largest: largestMove)
  }

  package var limits: [String] { [Limit.constantVolatility] }

  /// Besides, how often a move is cut.
  package func limits(on clock: Clock) -> [String] {
    var tails = StableTails(law)
    guard let moves = moves(&tails, years: clock.intradayYears / Double(clock.substeps)) else {
      return limits
    }
    let number = { (share: Double) in JSONWriter.number((share * 1e7).rounded() / 1e5) }
    return limits + [
      "Stable moves are truncated: \(number(moves.shareBeyond)) % of those of a sub-step would go beyond "
        + "\(JSONWriter.number(largestMove)) and are drawn again; \(number(moves.shareOfJumps)) % are jumps at its open, and between "
        + "open and close the price runs on a Brownian bridge."
    ]
  }

  package var medianVolatility: Double { annualVolatility }
  package var hasOwnVariance: Bool { true }
  package var jumps: Bool { true }

  /// Of moves that are drawn again, from open to close and over night.
  static let again = "stable/again"
  static let overnightAgain = "stable/overnight/again"
  package var streamNames: [String] { [Self.again, Self.overnightAgain] }

  /// A variance that no scale gives.
  package func violation(_ clock: Clock) -> FormViolation? {
    var tails = StableTails(law)
    let spans = clock.varianceSpans.intraday.map { $0 / Double(clock.substeps) } + clock.varianceSpans.gaps
    guard spans.contains(where: { moves(&tails, years: $0) == nil }) else { return nil }
    return FormViolation(
      "largestMove",
      "with moves of a sub-step or a night of at most \(JSONWriter.number(largestMove)) the log price cannot have an annual "
        + "volatility of \(JSONWriter.number(annualVolatility)), unless more than half of them are cut: a larger one, a smaller "
        + "volatility or shorter sub-steps are needed")
  }

  /// As geometric Brownian motion at four times the volatility: E[e^r − 1 − r − ½r²] is under half of the variance for r ≤ 1.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    PriceReach(
      drift: annualDrift.plausible, volatility: 4 * annualVolatility, horizonYears: horizonYears,
      warmupYears: warmupYears)
  }

  package func makeState(_ site: ProcessSite) -> any ProcessState { StableState(self, site) }
}
