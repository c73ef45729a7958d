/// What a study says about every desk's account.
package struct DeskTerms: Sendable {
  /// Starting equity in quote currency, above 0.
  package let startEquity: Double
  /// When a desk counts as ruined.
  package let ruin: RuinTerms
  /// From when on recovery is watched.
  package let recoveryClock: RecoveryClock

  /// Terms for every desk of a study.
  package init(startEquity: Double, ruin: RuinTerms, recoveryClock: RecoveryClock) {
    self.startEquity = startEquity
    self.ruin = ruin
    self.recoveryClock = recoveryClock
  }
}
