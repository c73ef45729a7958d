import Documents

/// The price processes that a scenario can name; a new one is one file and one line here.
package enum PriceProcesses {
  /// All of them.
  package static let catalogue = Catalogue<any PriceProcess>(
    "processes",
    .entry("gbm", GeometricBrownianMotion.form, "geometric Brownian motion") { $0 },
    .entry("merton", MertonJumpDiffusion.form, "geometric Brownian motion with normal jumps in log price") { $0 },
    .entry(
      "predictableReturns", PredictableReturns.form,
      "a diffusion whose drift carries a signal that returns to 0, which agents may see"
    ) { $0 },
  )
}
