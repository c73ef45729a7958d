import Drawing
import Lab
import Statistics

/// What a trained agent is: its training, what it sees, what it may do, and the files that say so.
struct IdentityPart: PageSection {
  let scene: TrainedScene

  func body(_ page: inout PageBuilder) -> [Markup] {
    let record = scene.record
    var parts = [page.heading(2, "What it is", (scene.words + ["what it is"]).joined(separator: " "))]
    if let text = record.trainingText {
      parts.append(Markup("p", text: text))
    } else {
      parts.append(
        Markup(
          "p",
          text: "Its policy was made by \(record.origin); nothing is on record here of how it was trained."))
    }
    let facts =
      training + [
        ("Trades", record.assets.joined(separator: ", ")),
        ("Sees", "\(record.inputs.count) numbers at every close: \(record.inputs.joined(separator: ", "))"),
        ("Decides", decides), ("May do", mandate), ("Lies in", record.folder),
      ]
    parts.append(list(facts.map { ($0.0, Markup("dd", text: $0.1)) }))
    var hashes = scene.summary.run.files.filter {
      $0.role == .agentFile && $0.name.hasPrefix(record.folder + "/")
    }.map { (String($0.name.dropFirst(record.folder.count + 1)), $0.sha256) }
    if let learning = record.learning { hashes.append(("training.csv", learning.sha256)) }
    if let documents = record.training?.documents { hashes.append(("Documents of its training", documents)) }
    parts.append(Markup("h3", text: "SHA-256 of what it was made from"))
    parts.append(list(hashes.map { ($0.0, Markup("dd", [:], [Markup("code", text: $0.1)])) }))
    return parts
  }

  private func list(_ facts: [(String, Markup)]) -> Markup {
    Markup("dl", [:], facts.flatMap { [Markup("dt", text: $0.0), $0.1] })
  }

  private var training: [(String, String)] {
    let record = scene.record
    guard let training = record.training else { return [] }
    var facts = [("Training", training.title)]
    if let seed = training.seed { facts.append(("Seed", seed)) }
    facts.append(("Made by", record.origin))
    if let updates = training.updates, updates > 0 {
      let steps = record.validation?.steps.last.map { ", \(StepCount.text($0)) steps" } ?? ""
      facts.append(("Learned for", "\(updates) updates\(steps)"))
    }
    return facts
  }

  private var decides: String {
    let record = scene.record
    if let fastest = record.fastest {
      return
        "how fast to work off \(record.assets.count == 1 ? "the position" : "each position") that the account starts with: not "
        + "at all up to \(Unit.number.tick(fastest, step: fastest))\u{A0}times an even pace over what is left"
    }
    if let choices = record.choices { return "one of \(choices) portfolios" }
    return record.assets.count == 1 ? "a target weight" : "a target weight of each asset"
  }

  private var mandate: String {
    let record = scene.record
    let leverage = Unit.number.tick(record.leverage, step: record.leverage)
    let steps = record.stepSeconds.map { "; at steps of \(Duration.text($0, day: 86_400))" } ?? ""
    if record.fastest != nil { return "make what the account starts with smaller, and nothing else\(steps)" }
    var text = "up to \(leverage)\u{A0}times its equity, \(record.short ? "long or short" : "long only")"
    if record.deadBand > 0 {
      let band = Unit.number.tick(record.deadBand, step: record.deadBand)
      text += "; it leaves a position as it is where the target is no more than \(band) of equity away"
    }
    return text + steps
  }
}
