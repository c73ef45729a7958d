extension CumulativeIncidence {
  /// What each path adds to F(t) of one cause, F + n·∂F/∂wᵢ with the weight wᵢ of a path (the infinitesimal jackknife), in
  /// the order of `endings`; their mean is F, since ΣᵢF's derivatives are 0. So a difference of two such probabilities is a
  /// mean of differences where the paths are the same.
  ///
  /// ∂F/∂wᵢ = Σ_{s≤t} S(s⁻)·(dNᵢⱼ − Yᵢ dΛⱼ)/Y − Σ_{s≤t} (F(t) − F(s))·(dNᵢ − Yᵢ dΛ)/(Y − dN): what happens on the path, less
  /// what was to be expected of it while it was watched; the second sum is what S loses by it afterwards. Where nothing was
  /// censored before t it is (1{ended by the cause by t} − F)/n. Source: Efron (1982), The Jackknife, the Bootstrap and Other
  /// Resampling Plans, chapter 6, applied to the estimator of Aalen and Johansen.
  ///
  /// - Parameter endings: those that the curves are of.
  /// - Complexity: O(n log n).
  package func contributions(of cause: Cause, at time: Double, _ endings: [Ending<Cause>]) -> [Double] {
    precondition(endings.count == n, "Invariant: the curves are of these paths")
    guard let number = Array(Cause.allCases).firstIndex(of: cause) else { return [] }
    let table = eventFree.table
    let value = incidence(of: cause, at: time)
    // By row: what an event of the cause adds, what one of any cause takes from later ones, and what was expected so far.
    var gains: [Double] = [], losses: [Double] = [], expected: [Double] = []
    var sum = 0.0
    for (index, row) in table.rows.enumerated() where row.time <= time {
      let before = index > 0 ? eventFree.survival[index - 1] : 1
      let (watched, left) = (Double(row.atRisk), Double(row.atRisk - row.allEvents))
      let gain = before / watched
      // Where all end at once nothing comes after it.
      let loss = left > 0 ? (value - incidence(of: cause, at: row.time)) / left : 0
      sum += gain * Double(row.events[number]) / watched - loss * Double(row.allEvents) / watched
      gains.append(gain)
      losses.append(loss)
      expected.append(sum)
    }
    return endings.map { ending in
      guard let index = table.row(at: min(ending.time, time)), index < expected.count else { return value }
      var derivative = -expected[index]
      if let end = ending.cause, ending.time <= time {
        derivative += (end == cause ? gains[index] : 0) - losses[index]
      }
      return value + Double(n) * derivative
    }
  }
}
