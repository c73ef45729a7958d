import Documents

/// Successive halving: all trials begin, and at each rung only the best go on, from where they are.
///
/// With n trials, factor η and first rung r, rung i has ⌊n·η⁻ⁱ⌋ trials (at least one), each trained to r·ηⁱ updates in all; the
/// last rung is the one that is stated, whether or not it is r·ηⁱ. The schedule is the inner loop of Hyperband (Li et al. 2018,
/// J. Machine Learning Research 18(185), algorithm 1) with what stays constant in it, n·r, stated by the document. Jamieson &
/// Talwalkar (2016, AISTATS, algorithm 1) halve, η = 2, and give each round the same budget B/⌈log₂ n⌉, ⌊B/(|Sₖ|·⌈log₂ n⌉)⌋ to
/// each arm on top of what it had; here what an arm has had by the end of a round counts.
package struct Halving: Sendable, Hashable {
  /// η: of so many trials one goes on.
  package let factor: Int
  /// r, updates of the first rung.
  package let first: Int
  /// Updates of the last rung: of a whole training.
  package let last: Int

  /// A rung: how many trials it has, and how many updates each has made at its end.
  package struct Rung: Sendable, Hashable {
    /// How many trials.
    package let trials: Int
    /// Updates from a trial's beginning.
    package let updates: Int
  }

  /// States a schedule.
  package init(factor: Int, first: Int, last: Int) {
    self.factor = factor
    self.first = first
    self.last = last
  }

  /// The fields in documents.
  package static let form = Form(
    Field("factor", .integer(in: 2...100), default: 3, "of so many trials one goes on to the next rung"),
    Field("first", .integer(in: 1...1_000_000), "updates of the first rung, which all trials make"),
    Field("last", .integer(in: 1...1_000_000), "updates of the last rung: of a whole training"),
    make: { (factor: Int, first: Int, last: Int) throws(FormViolation) -> Halving in
      guard first <= last else {
        throw FormViolation("first", "the first rung has \(first) updates, and the last one \(last)")
      }
      return Halving(factor: factor, first: first, last: last)
    })

  /// The rungs of so many trials, the last being that of a whole training.
  package func rungs(trials: Int) -> [Rung] {
    precondition(trials > 0, "Invariant: something is tried")
    var rungs: [Rung] = []
    var (left, updates) = (trials, first)
    while updates < last {
      rungs.append(Rung(trials: max(1, left), updates: updates))
      // ⌊⌊n/η⌋/η⌋ is ⌊n/η²⌋.
      left /= factor
      updates *= factor
    }
    rungs.append(Rung(trials: max(1, left), updates: last))
    return rungs
  }
}
