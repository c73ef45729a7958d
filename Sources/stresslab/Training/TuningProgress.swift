import Documents
import Learning
import Reports
import Training

/// How far a search is.
struct TuningProgress: ShownProgress {
  /// The rung, from 1, of how many.
  let rung: (number: Int, count: Int)
  /// Trials of it that have arrived, of how many.
  let arrived: (number: Int, count: Int)
  /// Updates that all trainings have made, of how many.
  let updates: (made: Int, all: Int)
  /// Updates that this process has made of them, and the seconds that they took.
  let own: Int
  let seconds: Double
  /// What has just been told of a trial; nil where nothing was.
  let news: String?
  /// The best figure of a trial so far; nil before the first.
  let best: String?

  var isFinished: Bool { updates.made >= updates.all }

  var part: String { news ?? name }

  private var name: String { "rung \(rung.number)/\(rung.count), trial \(arrived.number)/\(arrived.count)" }

  var text: String { "\(name), update \(updates.made) of \(updates.all), \(left)\(figure)" }

  private var figure: String { best.map { "; \($0)" } ?? "" }

  func text(width: Int) -> String {
    ProgressBar.line(
      Double(updates.made) / Double(max(updates.all, 1)), [(10, "\(name), \(left)\(figure)"), (4, "\(name), \(left)")],
      short: ["\(left)\(figure)", left], width: width)
  }

  private var left: String {
    guard !isFinished, own > 0 else { return isFinished ? "done" : "beginning" }
    return "\(ProgressBar.duration(seconds / Double(own) * Double(updates.all - updates.made))) left"
  }
}

/// Follows a search and shows how far it is.
struct TuningDisplay {
  private let file: TuningFile
  private var printer: ProgressPrinter
  private var tally: SearchTally
  private var best: (trial: Int, value: Double)?

  init(_ file: TuningFile, _ printer: ProgressPrinter) {
    self.file = file
    self.printer = printer
    tally = SearchTally(file)
  }

  /// Leaves the line that is drawn over.
  mutating func end() { printer.end() }

  mutating func show(_ news: TuningNews) {
    let validation = file.training.plan.validation
    var told: String?
    tally.note(news)
    switch news {
    case .rungBegan(let place, let rung, trials: let trials):
      let count = trials.count == 1 ? "1 trial" : "\(trials.count) trials"
      told = "rung \(place + 1) of \(file.rungs.count): \(count) to \(rung.updates) updates"
    case .update: break
    case .validation: return
    case .trialReached(let trial, let standing):
      let words = standing.value.map { "\(validation.measure) \(Self.number($0))" } ?? standing.status.rawValue
      told = "trial \(trial.number): \(words)"
      if let value = standing.value, best.map({ validation.isBetter(value, than: $0.value) }) ?? true {
        best = (trial.number, value)
      }
    case .trialFinished, .finished: return
    }
    // Every update would be a line where each part is.
    if case .update = news, printer.showsEveryPart { return }
    printer.show(
      TuningProgress(
        rung: (tally.rung.place + 1, file.rungs.count), arrived: (tally.rung.arrived, tally.rung.trials),
        updates: (tally.made, tally.all), own: tally.own, seconds: printer.seconds, news: told,
        best: best.map { "best \(validation.measure) \(Self.number($0.value)), trial \($0.trial)" }))
  }

  static func number(_ value: Double) -> String { JSONWriter.number((value * 1e6).rounded() / 1e6) }
}
