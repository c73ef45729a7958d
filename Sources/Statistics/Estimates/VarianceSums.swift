/// The running sums from which the variance of a cumulative incidence follows at any time, in O(1).
///
/// Var F(t) = Σ { (F(t) − Fᵢ)²·dᵢ/(nᵢ(nᵢ − dᵢ)) + S(tᵢ⁻)²·dᵢⱼ(nᵢ − dᵢⱼ)/nᵢ³ − 2(F(t) − Fᵢ)·S(tᵢ⁻)·dᵢⱼ/nᵢ² }, multiplied
/// out in powers of F(t). Where all who were left ended at once, F does not move after, and the first term is 0.
/// Source: Marubini & Valsecchi, Analysing Survival Data from Clinical Trials (2004), equation 10.12: the delta method.
struct VarianceSums: Sendable, Hashable {
  private var constant = 0.0
  private var linear = 0.0
  private var square = 0.0

  /// Takes one time with its events of our cause and of all, and F just after it.
  mutating func add(events: Int, allEvents: Int, atRisk: Int, survivalBefore: Double, incidence: Double) {
    let n = Double(atRisk)
    if allEvents > 0, allEvents < atRisk {
      let term = Double(allEvents) / (n * (n - Double(allEvents)))
      square += term
      linear -= 2 * incidence * term
      constant += incidence * incidence * term
    }
    let own = Double(events)
    constant += survivalBefore * survivalBefore * own * (n - own) / (n * n * n)
    let cross = 2 * survivalBefore * own / (n * n)
    linear -= cross
    constant += cross * incidence
  }

  /// Var F where F is `incidence`, at the time of the last row that was added.
  func variance(incidence: Double) -> Double {
    max(0, constant + incidence * (linear + incidence * square))
  }
}
