import Documents

/// An asset as a document has it, before it is known whether it has what its scenario needs.
struct AssetDraft: Sendable {
  let price: Double
  let process: (any PriceProcess)?
  let history: String?
  let liquidity: Liquidity

  static let form = Form(
    Field("price", .number(.currency, in: .above(0, atMost: 1e12)), "price at t = 0"),
    Field("process", .optional(.model(PriceProcesses.catalogue)), "what moves the price; not beside \"history\""),
    Field(
      "history", .optional(.string), "the asset's name in the recorded file; beside the scenario's \"history\" only"),
    Field("liquidity", .form(Liquidity.form), "how much can be traded, and at what distance from the mid"),
    make: { AssetDraft(price: $0, process: $1, history: $2, liquidity: $3) })
}

extension FieldKind where Value == AssetDraft {
  /// An asset that has a process, or a name in the recorded file, as its scenario needs it.
  static var asset: FieldKind {
    .form(AssetDraft.form).then { asset, node, reading in
      func refuse(_ key: String, _ reason: String) {
        if let value = node.node(at: key) { reading.report("\(quoted(value.key)) \(reason)", at: value) }
      }
      if reading[IsRecorded.self] {
        refuse("process", "does not go together with the scenario's \"history\": recorded bars move the price")
        refuse("liquidity/volumePerDay", "does not go together with \"history\": recorded bars bring their volume")
        refuse("liquidity/volumeVolatility", "does not go together with \"history\": recorded bars bring their volume")
        if asset.history == nil {
          reading.report("\"history\" is missing: the asset's name in the recorded file", at: node)
        }
      } else {
        refuse("history", "needs the scenario's \"history\", which names the recorded file")
        if asset.process == nil { reading.report("\"process\" is missing: what moves the price", at: node) }
        if asset.liquidity.volumePerDay == nil, let liquidity = node["liquidity"] {
          reading.report("\"volumePerDay\" is missing: mean units traded in a day", at: liquidity)
        }
      }
    }
  }
}

extension Node {
  /// The last component of the node's pointer.
  fileprivate var key: String { JSONPointer.components(path).last ?? "" }
}

extension Liquidity {
  /// The fields in documents.
  package static let form = Form(
    Field("halfSpreadBps", .number(.basisPoints, in: .between(0, 5000)), "mean half-spread"),
    Field(
      "volumePerDay", .optional(.number(.shares, in: .above(0))),
      "mean quantity traded in a day; recorded bars bring their own"),
    Field("depthTo1Percent", .number(.shares, in: .above(0)), "the quantity that moves the price by 1 %"),
    Field(
      "refillHalfLife", .duration(in: .above(0)), default: 20, "half-life of what an order has eaten out of the book"),
    Field(
      "volumeVolatility", .number(in: .between(0, 3)), default: 0.4, "standard deviation of a step's log volume"),
    Field(
      "spreadVolumeElasticity", .number(in: .between(0, 3)), default: 0.5,
      "how the half-spread falls with unexpected volume"),
    make: {
      Liquidity(
        halfSpreadBps: $0, volumePerDay: $1, depthTo1Percent: $2, refillHalfLifeSeconds: $3, volumeVolatility: $4,
        spreadVolumeElasticity: $5)
    })
}

extension VenueTerms {
  /// The fields in documents.
  package static let form = Form(
    Field("takerFeeBps", .number(.basisPoints, in: .between(0, 1000)), default: 1, "fee of a trade"),
    Field(
      "initialMargin", .number(.fraction, in: .above(0, atMost: 1)), default: 0.5,
      "equity that a position needs; its inverse bounds leverage"),
    Field(
      "maintenanceMargin", .number(.fraction, in: .between(0, 1)), default: 0.25,
      "equity under which the venue sells out"),
    Field("liquidationFeeBps", .number(.basisPoints, in: .between(0, 5000)), default: 20, "extra fee of a forced sale"),
    Field(
      "maximumParticipation", .number(.fraction, in: .above(0, atMost: 1)), default: 0.1,
      "largest share of a step's volume for the orders of one desk"),
    Field("latency", .duration, default: 0, "from a decision to its arrival at the venue"),
    Field(
      "annualFinancingRate", .number(.perYear, in: .between(0, 10)), default: 0, "rate on borrowed cash"),
    make: { (fee, initial, maintenance, liquidation, participation, latency, financing) throws(FormViolation) in
      guard maintenance <= initial else {
        throw FormViolation(
          "maintenanceMargin",
          "\(JSONWriter.number(maintenance)) is above the initial margin of \(JSONWriter.number(initial))")
      }
      return VenueTerms(
        takerFeeBps: fee, initialMargin: initial, maintenanceMargin: maintenance, liquidationFeeBps: liquidation,
        maximumParticipation: participation, latencySeconds: latency, annualFinancingRate: financing)
    })
}
