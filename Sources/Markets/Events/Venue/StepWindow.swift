import Lanes

/// An event's window as whole steps of the clock see it: what acts on the venue does so step by step, with the window's mean
/// over the step.
struct StepWindow {
  /// When it starts and how strongly it acts, in sub-steps.
  private(set) var track: WindowTrack
  /// Sub-steps of a step, in which the events' moments count.
  let substeps: Int

  init(_ window: EventWindow, _ start: EventStart, _ site: EventSite) {
    track = WindowTrack(window, start, site)
    substeps = site.substeps
  }

  /// Starts new paths, for which the event's parameters were drawn.
  mutating func reset<Model: Parametric>(_ drawn: DrawnParameters<Model>) { track.reset(drawn) }

  /// Looks at the market.
  ///
  /// - Returns: whether a start has become known.
  mutating func look<Model: Parametric>(_ sight: MarketSight, _ drawn: DrawnParameters<Model>) -> Bool {
    track.look(sight, drawn)
  }

  /// Its mean over a step, in 0…1.
  func mean(over step: Int, group: Int) -> Lanes {
    let course = track.courses[group]
    let open = course.integral(to: Lanes(Double(step * substeps)))
    return (course.integral(to: Lanes(Double((step + 1) * substeps))) - open) * (1 / Double(substeps))
  }

  /// Where it has started and is not over at a moment, in sub-steps.
  func isOn(at moment: Double, group: Int) -> Mask {
    (track.courses[group].start .<= moment) & (track.courses[group].end .> moment)
  }
}
