import Documents
import Lanes
import Randomness

/// How strongly an event acts in time, from 0 to 1: it rises on a line, stays, and goes back on a line or by halves.
///
/// A plateau alone is a box. The parts are counted in trading time from the event's start. A window that goes by halves ends
/// four half-lives after its plateau, where the split of cost between calm and event is concerned.
package struct EventWindow: Parametric {
  /// From 0 to 1 on a line, seconds; at least 0.
  package let rise: Draw
  /// At 1, seconds; at least 0.
  package let plateau: Draw
  /// From 1 to 0 on a line, seconds; at least 0. Not beside a half-life.
  package let fall: Draw
  /// Half-life after the plateau, seconds; 0 for none.
  package let halfLife: Draw

  /// States a window.
  package init(
    rise: Draw = .fixed(0), plateau: Draw = .fixed(0), fall: Draw = .fixed(0), halfLife: Draw = .fixed(0)
  ) {
    self.rise = rise
    self.plateau = plateau
    self.fall = fall
    self.halfLife = halfLife
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(\.rise, "rise", .drawnDuration(), default: .fixed(0), "time from nothing to full strength, on a line"),
    ModelField(\.plateau, "plateau", .drawnDuration(), default: .fixed(0), "time at full strength"),
    ModelField(
      \.fall, "fall", .drawnDuration(), default: .fixed(0),
      "time from full strength to nothing, on a line; not beside halfLife"),
    ModelField(
      \.halfLife, "halfLife", .drawnDuration(), default: .fixed(0), "half-life after the plateau; not beside fall"),
    make: { (rise, plateau, fall, halfLife) throws(FormViolation) in
      if fall.upperBound > 0 && halfLife.upperBound > 0 {
        throw FormViolation(
          field(\.halfLife), "a window goes back on a line (\"fall\") or by halves (\"halfLife\"), not both")
      }
      if rise.upperBound + plateau.upperBound + fall.upperBound + halfLife.upperBound <= 0 {
        throw FormViolation(
          "a window that lasts no time could not be seen: it needs a plateau, rise, fall or half-life")
      }
      return EventWindow(rise: rise, plateau: plateau, fall: fall, halfLife: halfLife)
    })

  /// The windows on the paths of a tile.
  ///
  /// - Parameters:
  ///   - drawn: the window's parameters on these paths.
  ///   - starts: when it starts, in steps, by lane group; +∞ where it never does.
  ///   - stepSeconds: of a step of the event.
  static func courses(
    _ drawn: DrawnParameters<EventWindow>, _ starts: ContiguousArray<Lanes>, stepSeconds: Double
  ) -> ContiguousArray<WindowCourse> {
    let (rise, plateau, fall, halfLife) = (drawn.rise, drawn.plateau, drawn.fall, drawn.halfLife)
    return ContiguousArray(
      starts.indices.map { group in
        WindowCourse(
          start: starts[group], rise: rise[group] / stepSeconds, plateau: plateau[group] / stepSeconds,
          fall: fall[group] / stepSeconds, halfLife: halfLife[group] / stepSeconds)
      })
  }
}
