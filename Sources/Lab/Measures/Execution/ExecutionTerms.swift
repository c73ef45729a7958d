/// By what execution is judged in a market.
package struct ExecutionTerms: Codable, Sendable, Equatable {
  /// What is to be traded, Σ|q|·P at the prices of t = 0, in quote currency; above 0.
  package let gross: Double

  /// - Parameter gross: above 0.
  package init(gross: Double) { self.gross = gross }
}

extension DeskOutcomes {
  /// Implementation shortfall of each path against the prices at t = 0, in basis points of what is to be traded: what the account
  /// has lost once all is closed, since one that trades at those prices at once and for nothing loses nothing. Of
  /// `finalEquity`.
  ///
  /// Source: Perold (1988), Journal of Portfolio Management 14(3).
  func shortfalls(_ terms: ExecutionTerms, startEquity: Double) -> [Double] {
    self[.finalEquity].map { (startEquity - $0) / terms.gross * 1e4 }
  }
}
