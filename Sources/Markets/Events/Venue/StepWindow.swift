import Lanes

/// An event's window as whole steps of the clock see it: what acts on the venue does so step by step, with the window's mean
/// over the step.
struct StepWindow {
  private var onset: EventOnset
  private let window: EventWindow
  private let stepSeconds: Double
  /// Sub-steps of a step, in which the events' moments count.
  let substeps: Int
  private(set) var courses: ContiguousArray<WindowCourse> = []
  /// From the first start to the last moment at which it acts on any path, in sub-steps.
  private(set) var range: Range<Double> = 0..<0

  init(_ window: EventWindow, _ start: EventStart, _ site: EventSite) {
    self.window = window
    onset = EventOnset(start, site)
    stepSeconds = site.stepSeconds
    substeps = site.substeps
  }

  /// When it starts on each path, by lane group.
  var starts: ContiguousArray<Lanes> { onset.times }
  /// Whether it waits for something.
  var isReactive: Bool { onset.isReactive }

  /// Starts new paths, for which the event's parameters were drawn.
  mutating func reset<Model: Parametric>(_ drawn: DrawnParameters<Model>) {
    onset.reset(drawn)
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
    range = courses.range
  }

  /// Its mean over a step, in 0…1.
  func mean(over step: Int, group: Int) -> Lanes {
    let course = courses[group]
    let open = course.integral(to: Lanes(Double(step * substeps)))
    return (course.integral(to: Lanes(Double((step + 1) * substeps))) - open) * (1 / Double(substeps))
  }

  /// Where it has started and is not over at a moment, in sub-steps.
  func isOn(at moment: Double, group: Int) -> Mask {
    (courses[group].start .<= moment) & (courses[group].end .> moment)
  }
}
