import Documents
import Lanes
import Markets

/// A resting stop order at a fraction from each position's entry price, and no new position after it until the agent has
/// changed its mind.
///
/// The stop rests at the venue and is watched within steps; what the participation cap leaves of the position the stop
/// goes on selling in the following steps, and orders on their way are void. After it the asset's position is bounded to
/// flat until the agent's own target for that asset has been 0 or on the other side: an agent that still wants what was
/// just stopped would buy it back, and lose as often as the rule lets it. A cool-down in its place opens the position
/// again after a while, whatever the agent wants.
package struct StopLoss: RiskRule {
  /// Distance of the stop from the entry price, a fraction of it, in 0…1; of the starting price where prices may be negative.
  package let loss: Double
  /// How long the position stays bounded to flat after a stop, a step at least; nil: until the agent's target turns.
  package let coolDown: TradingSpan?

  /// A stop on every position.
  package init(loss: Double, coolDown: TradingSpan? = nil) {
    self.loss = loss
    self.coolDown = coolDown
  }

  static let form = Form(
    Field("loss", .number(.fractionOfPrice, in: .above(0, below: 1)), "distance of the stop from the entry price"),
    Field(
      "coolDown", .coolDown, default: .some(nil),
      "how long the position stays flat after a stop: a step at least, or until the agent's own target in that asset "
        + "has been 0 or on the other side"),
    make: StopLoss.init)

  /// What it does, in a sentence.
  static let story = Story("each position closed at a loss of {loss}", ", then flat {coolDown}")

  package func makeState(_ site: DeskSite) -> any RiskRuleState {
    State(
      loss: loss, coolDown: coolDown.map { max(1, $0.stepsCovering(site.market.clock)) },
      scales: site.market.scales, groups: site.groups)
  }

  private final class State: RiskRuleState {
    let loss: Double
    let coolDown: Int?
    let scales: [PriceScale]
    let groups: Int
    /// `[asset * groups + group]`: the last position that was not flat, whose sign says on which side a stop sold.
    var lastHeld: ContiguousArray<Lanes>
    /// Likewise: where the agent's target has not turned since a stop.
    var waits: ContiguousArray<Mask>
    /// Likewise: with a cool-down, the first step at whose close the position is free again.
    var freeFrom: ContiguousArray<Lanes>

    init(loss: Double, coolDown: Int?, scales: [PriceScale], groups: Int) {
      self.scales = scales
      let assets = scales.count
      self.loss = loss
      self.coolDown = coolDown
      self.groups = groups
      lastHeld = ContiguousArray(repeating: .zero, count: assets * groups)
      waits = ContiguousArray(repeating: .none, count: assets * groups)
      freeFrom = ContiguousArray(repeating: -Lanes.infinity, count: assets * groups)
    }

    func reset() {
      for index in waits.indices {
        lastHeld[index] = .zero
        waits[index] = .none
        freeFrom[index] = -Lanes.infinity
      }
    }

    var stopPlacement: StopPlacement { .atFills }

    func placeStops(_ account: AccountView, groups: Range<Int>, _ stops: StopPrices) {
      for asset in 0..<account.assets {
        for group in groups {
          let index = asset * account.groups + group
          let position = account.positions[index]
          lastHeld[index].replace(with: position.quantity, where: position.quantity .!= 0)
          let side = copySign(of: position.quantity, to: Lanes(loss))
          let price =
            scales[asset].reference.map { position.entryPrice - side * $0 } ?? position.entryPrice * (1.0 - side)
          stops.place(at: price, on: position, asset: asset, group: group)
        }
      }
    }

    func stopped(asset: Int, group: Int, where mask: Mask, step: Int) {
      let index = asset * groups + group
      if let coolDown {
        freeFrom[index].replace(with: Double(step + coolDown), where: mask)
      } else {
        waits[index] = waits[index] | mask
      }
    }

    func hear(_ decisions: ContiguousArray<Decision>) {
      guard coolDown == nil else { return }
      for index in waits.indices where waits[index].isAny {
        let decision = decisions[index]
        let hasTurned = decision.acts & (flipSign(of: decision.weight, by: lastHeld[index]) .<= 0)
        waits[index] = waits[index] & !hasTurned
      }
    }

    func bound(
      _ wanted: ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView,
      _ bounds: inout BoundsTile
    ) {
      let now = Lanes(Double(market.step))
      for asset in 0..<account.assets {
        for group in 0..<groups {
          let index = asset * groups + group
          let isClosed = coolDown == nil ? waits[index] : now .< freeFrom[index]
          bounds.close(asset: asset, group: group, where: isClosed)
        }
      }
    }
  }
}

extension FieldKind where Value == TradingSpan? {
  /// The word for no span at all, in documents.
  private static var untilTargetTurns: String { "untilTargetTurns" }

  /// A span, or the word for a time that the agent's target decides.
  fileprivate static var coolDown: FieldKind {
    let span = FieldKind<TradingSpan>.span
    var type = span.type
    type.unit += ", or \(untilTargetTurns)"
    return FieldKind(
      type, schema: { .anyOf([span.schema($0), .constant(.string(untilTargetTurns))]) },
      json: { $0.map { .string($0.text) } ?? .string(untilTargetTurns) },
      values: { [DocumentValue(text: text(of: $0.string ?? ""))] }
    ) { node, reading in
      if node.string == untilTargetTurns { return .some(nil) }
      if let span = node.string.flatMap(TradingSpan.init) { return span }
      reading.report(expected: "\(TradingSpan.expected), or \(quoted(untilTargetTurns))", at: node)
      return nil
    }
    .told { text(of: $0?.text ?? untilTargetTurns) }
  }

  private static func text(of written: String) -> String {
    written == untilTargetTurns ? "until the agent’s own target turns" : written
  }
}
