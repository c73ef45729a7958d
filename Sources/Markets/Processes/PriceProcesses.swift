import Documents

/// The price processes that a scenario can name; a new one is one file and one line here.
package enum PriceProcesses {
  /// All of them.
  package static let catalogue = Catalogue<any PriceProcess>(
    "processes",
    .entry("gbm", GeometricBrownianMotion.form, "geometric Brownian motion") { $0 },
    .entry(
      "bachelier", Bachelier.form,
      "arithmetic Brownian motion: moves in money, whatever the price, which may be negative"
    ) { $0 },
    .entry("merton", MertonJumpDiffusion.form, "geometric Brownian motion with normal jumps in log price") { $0 },
    .entry(
      "kou", KouJumpDiffusion.form, "geometric Brownian motion with exponential jumps up and down in log price"
    ) { $0 },
    .entry(
      "hawkes", HawkesJumpDiffusion.form, "geometric Brownian motion with normal jumps in log price that set off others"
    ) { $0 },
    .entry("heston", Heston.form, "a diffusion whose variance returns to its mean, and moves with the price") { $0 },
    .entry("bates", Bates.form, "Heston's diffusion with normal jumps in log price") { $0 },
    .entry(
      "garch", Garch.form,
      "a diffusion whose variance follows from its own last moves, with normal or Student innovations"
    ) { $0 },
    .entry("regimes", Regimes.form, "a diffusion whose drift and volatility are those of one of several states") { $0 },
    .entry("stable", Stable.form, "truncated α-stable moves: heavy tails at every length of time") { $0 },
    .entry(
      "predictableReturns", PredictableReturns.form,
      "a diffusion whose drift carries a signal that returns to 0, which agents may see"
    ) { $0 },
  )
}
