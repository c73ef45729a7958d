import Lanes

/// When an event starts on the paths of a tile, and how strongly it acts there from step to step.
struct WindowTrack {
  private var onset: EventOnset
  private let window: EventWindow
  private let stepSeconds: Double
  private(set) var courses: ContiguousArray<WindowCourse> = []
  /// Where each path's window is at full strength first, and where it is over, by lane group: in steps of the event.
  private(set) var tops: ContiguousArray<Lanes> = []
  private(set) var ends: ContiguousArray<Lanes> = []
  /// From the first start to the last moment at which it acts on any path.
  private(set) var range: Range<Double> = 0..<0
  /// The window's mean over the step that was passed last, by lane group, in 0…1.
  private(set) var means: ContiguousArray<Lanes>
  /// Its integral up to the last step that was passed.
  private var integrals: ContiguousArray<Lanes>

  init(_ window: EventWindow, _ start: EventStart, _ site: EventSite) {
    self.window = window
    onset = EventOnset(start, site)
    stepSeconds = site.stepSeconds
    means = ContiguousArray(repeating: .zero, count: site.groups)
    integrals = means
  }

  /// When it starts on each path, by lane group; +∞ where it never does, or that is not known yet.
  var starts: ContiguousArray<Lanes> { onset.times }
  /// Whether it waits for something.
  var isReactive: Bool { onset.isReactive }

  /// Starts new paths, for which the event's parameters were drawn.
  mutating func reset<Model: Parametric>(_ drawn: DrawnParameters<Model>) {
    onset.reset(drawn)
    for group in integrals.indices { integrals[group] = .zero }
    schedule(drawn)
  }

  /// Looks at the market.
  ///
  /// - Returns: whether a start has become known.
  mutating func look<Model: Parametric>(_ sight: MarketSight, _ drawn: DrawnParameters<Model>) -> Bool {
    guard onset.look(sight) else { return false }
    schedule(drawn)
    return true
  }

  private mutating func schedule<Model: Parametric>(_ drawn: DrawnParameters<Model>) {
    courses = EventWindow.courses(drawn.part(window, named: "window"), onset.times, stepSeconds: stepSeconds)
    tops = ContiguousArray(courses.map(\.top))
    ends = ContiguousArray(courses.map(\.end))
    range = courses.range
  }

  /// Passes a step; steps come in order, those in which it acts on no path may be left out.
  ///
  /// - Returns: whether it acts in the step on any path; then `means` says how strongly.
  mutating func pass(_ step: Int) -> Bool {
    guard Double(step + 1) > range.lowerBound, Double(step) < range.upperBound else { return false }
    let close = Lanes(Double(step + 1))
    for group in courses.indices {
      let integral = courses[group].integral(to: close)
      means[group] = integral - integrals[group]
      integrals[group] = integral
    }
    return true
  }
}
