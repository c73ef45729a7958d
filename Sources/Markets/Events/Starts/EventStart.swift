import Documents
import Lanes
import Randomness

/// When an event starts: at a time by its law, or when something happens.
package enum EventStart: Sendable {
  /// Seconds of trading time after t = 0.
  case at(Draw)
  /// When something happens: at a time of day, after another event, or in answer to the market.
  case triggered(any EventTrigger)

  /// At a time, seconds after t = 0.
  package static func fixed(_ seconds: Double) -> EventStart { .at(.fixed(seconds)) }

  /// Uniformly between two times, seconds after t = 0.
  package static func between(_ low: Double, _ high: Double) -> EventStart { .at(.between(low, high)) }

  /// What is wrong with it in a market; fields are those of the event.
  func violations(in setting: EventSetting) -> [FormViolation] {
    switch self {
    case .at(let draw):
      guard draw.lowerBound >= setting.lengthSeconds else { return [] }
      let text = { TradingTime.text(seconds: $0) }
      return [
        FormViolation(
          "start",
          "the event starts at \(text(draw.lowerBound)) at the earliest, after the end of the scenario at "
            + text(setting.lengthSeconds))
      ]
    case .triggered(let trigger): return trigger.violations(in: setting).map { $0.under("start") }
    }
  }

  /// The event after which it starts; nil where it waits for none.
  var precedingEvent: String? {
    switch self {
    case .at: nil
    case .triggered(let trigger): trigger.precedingEvent
    }
  }

  /// Whether it is the end of that event that counts.
  var followsEnd: Bool {
    switch self {
    case .at: false
    case .triggered(let trigger): trigger.followsEnd
    }
  }

  /// The asset whose price it waits for; nil where it waits for none.
  var watchedAsset: String? {
    switch self {
    case .at: nil
    case .triggered(let trigger): trigger.watchedAsset
    }
  }

  /// Whether it waits for what prices do.
  var watchesPrices: Bool { watchedAsset != nil }

  /// Its parameters, with names below the event.
  var parameters: [Parameter] {
    switch self {
    case .at(let draw): [Parameter(name: "start", draw: draw, kind: FieldKind<Draw>.drawnDuration().type)]
    case .triggered(let trigger): trigger.parameters.map { $0.under("start") }
    }
  }
}

extension FieldKind where Value == EventStart {
  /// A duration after t = 0, a distribution of durations, or a trigger.
  static var eventStart: FieldKind {
    let times = FieldKind<Draw>.drawnDuration()
    let triggers = FieldKind<any EventTrigger>.model(EventTriggers.catalogue)
    let isTrigger: @Sendable (Node) -> Bool = { node in node.members?.contains { $0.name == "model" } ?? false }
    var type = times.type
    type.name = "duration or trigger"
    return FieldKind(
      type, schema: { .anyOf([times.schema($0), triggers.schema($0).orExtension]) },
      values: { isTrigger($0) ? triggers.values($0) : times.values($0) }
    ) { node, reading in
      isTrigger(node)
        ? triggers.read(node, reading).map(EventStart.triggered) : times.read(node, reading).map(EventStart.at)
    }
  }
}

extension ModelField where Value == EventStart {
  /// When an event starts.
  init(_ property: KeyPath<Model, EventStart> & Sendable, _ summary: String) {
    self.init(property, "start", .eventStart, summary, parameters: \.parameters)
  }
}
