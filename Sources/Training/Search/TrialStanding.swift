import Documents
import Statistics

/// Where a trial stands: how far it was trained, and how it was judged there.
package struct TrialStanding: Sendable {
  /// One of its trainings, by its seed.
  package struct Run: Sendable {
    /// The seed.
    package let seed: Int
    /// The best validation so far; nil where the training diverged.
    package let best: ValidationRow?
    /// Why there is none, in words.
    package let complaint: String?
    /// The Sharpe ratio of that policy over the validation paths; nil until the search is over, and where there is none.
    package internal(set) var sharpe: SharpeEstimate?
  }

  /// What became of a trial.
  package enum Status: String, Sendable, Hashable {
    /// Its rung is being trained, or the next one is about to be.
    case running
    /// It was trained to the last rung.
    case finished
    /// Others of its rung were better.
    case stopped
    /// A training of it diverged.
    case diverged
  }

  /// The trial's number, from 1.
  package let trial: Int
  /// The rung that it has reached, from 1; 0 before the first.
  package let rung: Int
  /// Updates that it was trained to.
  package let updates: Int
  /// For each seed.
  package internal(set) var runs: [Run]
  /// What became of it.
  package internal(set) var status: Status

  /// What trials are compared by: the mean over seeds of the best validations; nil where one has none.
  package var value: Double? {
    let values = runs.compactMap { $0.best?.value }
    guard !runs.isEmpty, values.count == runs.count else { return nil }
    return values.reduce(0, +) / Double(values.count)
  }

  /// Of several seeds that of the best policy, the first of equals; nil where none has a figure.
  func bestRun(_ validation: Validation) -> Run? {
    var best: Run?
    for run in runs {
      guard let value = run.best?.value else { continue }
      if let old = best?.best?.value, !validation.isBetter(value, than: old) { continue }
      best = run
    }
    return best
  }

  /// Trials from the best to the worst: those without a figure last, equals by their numbers.
  static func ranked(_ standings: [TrialStanding], _ validation: Validation) -> [TrialStanding] {
    standings.sorted { a, b in
      switch (a.value, b.value) {
      case (let x?, let y?) where x != y: validation.isBetter(x, than: y)
      case (.some, nil): true
      case (nil, .some): false
      default: a.trial < b.trial
      }
    }
  }
}
