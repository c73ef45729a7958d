import Documents
import Trading

/// Tells of ruins as they come into the store: twenty a second by a line of their own, of the others how many they are.
struct RuinEvents {
  private let file: EventFile
  /// When the second began of which lines are counted.
  private var second = -Double.infinity
  private var lines = 0
  /// Ruins that no line has told yet.
  private var untold = 0
  private var toldRest = -Double.infinity

  /// Lines of single ruins in a second, at most.
  static let pace = 20

  private static func place(_ fact: OutcomeFact) -> Int {
    let name = OutcomeColumn.fact(fact).name
    guard let place = StoredColumn.outcomes.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("Invariant: outcomes have a column \(name)")
    }
    return place
  }

  // Where a row has what is told of it.
  private let path = 0
  private let desk = 2
  private let cause = place(.cause)
  private let step = place(.ruinStep)

  init(_ file: EventFile) { self.file = file }

  /// So many ruins that have no lines.
  static func rest(_ count: Int) -> ToldEvent { ToldEvent(.ruins, ["count": .integer(count)]) }

  /// Tells of the ruined among a tile's outcomes.
  mutating func tell(_ outcomes: OutcomeBatch, stepSeconds: Double) {
    let now = file.now
    if now - second >= 1 { (second, lines) = (now, 0) }
    for first in stride(from: 0, to: outcomes.words.count, by: outcomes.columns) {
      func number(_ column: Int) -> Int { Int(Int64(bitPattern: outcomes.words[first + column])) }
      guard let cause = RuinCause(rawValue: number(cause)), cause != .none else { continue }
      guard lines < Self.pace else {
        untold += 1
        continue
      }
      lines += 1
      file.tell(
        ToldEvent(
          .ruin,
          [
            "desk": .integer(number(desk)), "path": .integer(number(path)), "cause": .string(cause.name),
            "seconds": .number(Double(number(step) + 1) * stepSeconds),
          ]))
    }
    if now - toldRest >= EventFile.pause { tellRest() }
  }

  /// Tells how many there are beside those that had lines.
  mutating func tellRest() {
    guard untold > 0 else { return }
    file.tell(Self.rest(untold))
    (untold, toldRest) = (0, file.now)
  }
}
