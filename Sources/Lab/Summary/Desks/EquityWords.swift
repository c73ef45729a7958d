import Statistics

/// What an account holds, in words: nobody has a negative share of something left.
package enum EquityWords {
  /// Such as "12 % of its starting equity is left", or "nothing is left, and it owes 14 % of its starting equity".
  ///
  /// - Parameter share: equity over starting equity.
  package static func left(_ share: Double) -> String {
    if share < 0 { return "nothing is left, and it owes \(percent(-share)) of its starting equity" }
    return share == 0 ? "nothing is left" : "\(percent(share)) of its starting equity is left"
  }

  /// Such as "12 % of its starting equity", or "a debt of 14 % of its starting equity", behind "with".
  package static func with(_ share: Double) -> String {
    if share < 0 { return "a debt of \(percent(-share)) of its starting equity" }
    return share == 0 ? "nothing" : "\(percent(share)) of its starting equity"
  }

  private static func percent(_ share: Double) -> String { Unit.percent.text(share, resolution: 0.005) }
}
