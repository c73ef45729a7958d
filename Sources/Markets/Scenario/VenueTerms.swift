import Documents

/// What the venue asks of everyone who trades on it.
package struct VenueTerms: Sendable, Hashable {
  /// Fee of a trade in basis points of its notional; at least 0.
  package var takerFeeBps: Double
  /// Equity that a new position needs, as a fraction of its notional; in (0, 1]. Its inverse bounds leverage.
  package var initialMargin: Double
  /// Equity below which a position is liquidated, as a fraction of its notional; in [0, `initialMargin`].
  package var maintenanceMargin: Double
  /// Fee of a forced sale in basis points of its notional, on top of the taker's fee; at least 0.
  package var liquidationFeeBps: Double
  /// Largest share of a step's volume that one desk's orders may take; in (0, 1].
  package var maximumParticipation: Double
  /// Time from a decision to its order's arrival at the venue, in seconds of trading time; at least 0.
  package var latencySeconds: Double
  /// Yearly rate on borrowed cash, as a fraction; at least 0.
  package var annualFinancingRate: Double
  /// What a long position pays, and a short one gets, for every eight hours, as a fraction of its value at closes: the
  /// funding of perpetual futures; may be negative. It accrues step by step.
  package var fundingPer8Hours: Double
  /// Yearly fee on the value of short positions at closes, as a fraction; at least 0.
  package var annualBorrowFee: Double

  /// States the terms; the defaults are those of the scenario document.
  package init(
    takerFeeBps: Double = 1, initialMargin: Double = 0.5, maintenanceMargin: Double = 0.25,
    liquidationFeeBps: Double = 20, maximumParticipation: Double = 0.1, latencySeconds: Double = 0,
    annualFinancingRate: Double = 0, fundingPer8Hours: Double = 0, annualBorrowFee: Double = 0
  ) {
    self.takerFeeBps = takerFeeBps
    self.initialMargin = initialMargin
    self.maintenanceMargin = maintenanceMargin
    self.liquidationFeeBps = liquidationFeeBps
    self.maximumParticipation = maximumParticipation
    self.latencySeconds = latencySeconds
    self.annualFinancingRate = annualFinancingRate
    self.fundingPer8Hours = fundingPer8Hours
    self.annualBorrowFee = annualBorrowFee
  }
}

extension VenueTerms {
  /// The fields in documents.
  package static let form = Form(
    Field("takerFeeBps", .number(.basisPoints, in: .between(0, 1000)), default: 1, "fee of a trade"),
    Field(
      "initialMargin", .number(.fraction, in: .between(1e-4, 1)), default: 0.5,
      "equity that a position needs; its inverse bounds leverage"),
    Field(
      "maintenanceMargin", .number(.fraction, in: .between(0, 1)), default: 0.25,
      "equity under which the venue sells out"),
    Field("liquidationFeeBps", .number(.basisPoints, in: .between(0, 5000)), default: 20, "extra fee of a forced sale"),
    Field(
      "maximumParticipation", .number(.fraction, in: .between(1e-6, 1)), default: 0.1,
      "largest share of a step's volume for the orders of one desk"),
    Field("latency", .duration, default: 0, "from a decision to its arrival at the venue"),
    Field(
      "annualFinancingRate", .number(.perYear, in: .between(0, 10)), default: 0, "rate on borrowed cash"),
    Field(
      "funding", .number("fraction in 8 h", in: .between(-0.1, 0.1)), default: 0,
      "what long positions pay and short ones get, as on perpetual futures"),
    Field("borrowFee", .number(.perYear, in: .between(0, 100)), default: 0, "fee on short positions"),
    make: {
      (fee, initial, maintenance, liquidation, participation, latency, financing, funding, borrowFee)
        throws(FormViolation) in
      guard maintenance <= initial else {
        throw FormViolation(
          "maintenanceMargin",
          "\(JSONWriter.number(maintenance)) is above the initial margin of \(JSONWriter.number(initial))")
      }
      return VenueTerms(
        takerFeeBps: fee, initialMargin: initial, maintenanceMargin: maintenance, liquidationFeeBps: liquidation,
        maximumParticipation: participation, latencySeconds: latency, annualFinancingRate: financing,
        fundingPer8Hours: funding, annualBorrowFee: borrowFee)
    })
}
