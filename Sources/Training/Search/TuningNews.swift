import Learning

/// What is told of a search while it goes on, one piece after the other, whichever thread it comes from.
///
/// A trial that is taken up is told again from where it stands: who keeps what was told may hear of an update twice.
package enum TuningNews: Sendable {
  /// A rung begins: its place from 0, its trials, and the numbers of those.
  case rungBegan(Int, Halving.Rung, trials: [Int])
  /// A training of a trial has made an update.
  case update(TuningTrial, seed: Int, UpdateRecord)
  /// A training of a trial was validated.
  case validation(TuningTrial, seed: Int, ValidationRow, isBest: Bool)
  /// A trial has reached its rung, or diverged on the way.
  case trialReached(TuningTrial, TrialStanding)
  /// Nothing more is made of a trial: it was stopped, has diverged or was trained to the end.
  case trialFinished(TuningTrial, TrialStanding)
  /// All is over.
  case finished(TuningRecord)
}
