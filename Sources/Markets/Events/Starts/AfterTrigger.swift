import Documents
import Lanes
import Randomness

/// So long after another event has started, was at its worst, or ended.
///
/// Of a halt or a cascade it is first known once the sub-step is over in which it starts: what would follow it inside that
/// sub-step starts at its close.
package struct AfterTrigger: EventTrigger, Parametric {
  /// The moments of an event.
  package enum Moment: String, Sendable, Hashable, CaseIterable {
    /// Its start.
    case start
    /// Where it is at its worst: the trough of a fall, the beginning of a plateau.
    case worst
    /// The end of its window.
    case end
  }

  /// The event that comes first.
  package let event: String
  /// Which of its moments.
  package let moment: Moment
  /// How much later, seconds of trading time; at least 0.
  package let delay: Draw

  /// States what it waits for.
  package init(event: String, moment: Moment = .start, delay: Draw = .fixed(0)) {
    self.event = event
    self.moment = moment
    self.delay = delay
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("event", .reference(to: "event"), "the event that comes first"),
    ModelField("moment", .word(Moment.self), default: .start, "from which of its moments the delay counts"),
    ModelField(\.delay, "delay", .drawnDuration(), default: .fixed(0), "how much later"),
    make: { AfterTrigger(event: $0, moment: $1, delay: $2) })

  package var precedingEvent: String? { event }
  package var followsEnd: Bool { moment == .end }

  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard delay.lowerBound >= setting.lengthSeconds else { return [] }
    return [FormViolation("delay", "so long after another event the scenario is over")]
  }

  package func makeState(_ site: EventSite) -> any TriggerState { AfterState(self, site) }
}

private final class AfterState: TriggerState {
  private let moment: AfterTrigger.Moment
  private let event: Int?
  private let stepSeconds: Double
  private var delays: ContiguousArray<Lanes> = []

  init(_ model: AfterTrigger, _ site: EventSite) {
    moment = model.moment
    event = site.events.firstIndex(of: model.event)
    stepSeconds = site.stepSeconds
  }

  func reset(_ parameter: (String) -> ContiguousArray<Lanes>, _ times: inout ContiguousArray<Lanes>) {
    delays = ContiguousArray(parameter("delay").map { $0 / stepSeconds })
  }

  func look(_ sight: MarketSight, _ times: inout ContiguousArray<Lanes>) -> Bool {
    // What prices have made known is told once all that watch them have looked.
    guard !sight.showsPrices, let event else { return false }
    let other = sight.events[event]
    let moments =
      switch moment {
      case .start: other.start
      case .worst: other.trough
      case .end: other.windowEnd
      }
    var isNews = false
    for group in times.indices {
      let isNew = (times[group] .== Lanes.infinity) & (moments[group] .< Lanes.infinity)
      guard isNew.isAny else { continue }
      times[group].replace(with: max(moments[group] + delays[group], Lanes(sight.close)), where: isNew)
      isNews = true
    }
    return isNews
  }
}
