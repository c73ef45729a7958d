import Lab
import Statistics

extension DrawnParameter {
  /// A drawn number with its unit; a duration as trading time.
  func text(_ time: Unit) -> String {
    if isDuration == true { return time.text(value) }
    let number = Unit.number.bare(value, resolution: abs(value) >= 1_000 ? 5 : 1e-4)
    return number + (unit.map { " (\($0))" } ?? "")
  }
}
