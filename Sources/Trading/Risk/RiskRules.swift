import Documents

/// The rules that a risk profile can name; a new rule is one file and one line here.
package enum RiskRules {
  /// Every rule of the overlay by its tag.
  package static let catalogue = Catalogue<any RiskRule>(
    "risk",
    .entry("drawdownLimit", DrawdownLimit.form, "flat for a while once the account has lost part of its peak") { $0 }
      .told(by: DrawdownLimit.story),
    .entry("leverageCap", LeverageCap.form, "bounds gross leverage") { $0 }.told(by: LeverageCap.story),
    .entry("stopLoss", StopLoss.form, "a stop on each position, then flat until the agent's target turns") { $0 }
      .told(by: StopLoss.story),
    .entry("volatilityTarget", VolatilityTarget.form, "bounds the volatility of the account") { $0 }
      .told(by: VolatilityTarget.story),
  )
}
