import Documents
import Lanes
import Randomness

/// The venue is slow: orders that are sent while a window lasts take a multiple of the latency.
///
/// The factor acts as M^(θ·w̄) with the window's mean over the step at whose close an order is sent. What it adds to the
/// latency is rounded up to whole steps, 10,000 at most; how far into its step an order arrives stays the file's. An order
/// that would wait for a price lives in one step and is not taken in steps in which the venue is slow.
package struct SlowVenue: VenueEvent {
  /// When it starts.
  package let start: EventStart
  /// How strongly it acts in time.
  package let window: EventWindow
  /// Factor of the latency at full strength; at least 1.
  package let latency: Draw

  /// States how slow a venue becomes.
  package init(start: EventStart, window: EventWindow, latency: Draw) {
    self.start = start
    self.window = window
    self.latency = latency
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(\.window, "window", "how strongly it acts in time"),
    ModelField(
      \.latency, "latency", .draw(.factor, in: .between(1, 1000)),
      "of the venue's latency; what it adds is rounded up to whole steps"),
    make: { (start, window, latency) throws(FormViolation) in
      if latency.fixedValue == 1 { throw FormViolation(field(\.latency), "a factor of 1 could not be seen") }
      return SlowVenue(start: start, window: window, latency: latency)
    })

  /// A factor of no latency.
  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard let venue = setting.venue, venue.latencySeconds == 0 else { return [] }
    return [FormViolation("latency", "the venue has no latency, and every multiple of it is none")]
  }

  package func venueReach(severity: Double) -> VenueReach {
    VenueReach(latencyFactor: pow(Lanes(latency.upperBound), severity)[0])
  }

  struct Action: VenueAction {
    private let severity: Double
    /// Logarithms of the factor, severity included; by lane group.
    private var logs: ContiguousArray<Lanes> = []

    init(_ event: SlowVenue, _ site: EventSite) { severity = site.severity }

    mutating func reset(_ drawn: DrawnParameters<SlowVenue>, _ paths: TilePaths) {
      logs = ContiguousArray(drawn.latency.map { log($0) * severity })
    }

    func act(on step: Int, _ window: StepWindow, _ effects: inout VenueEffects) {
      for group in logs.indices {
        effects.groups[group].latency *= exp(window.mean(over: step, group: group) * logs[group])
      }
    }
  }
}
