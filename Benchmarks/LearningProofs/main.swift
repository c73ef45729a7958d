import Dispatch
import Drawing
import Foundation
import Learning
import LearningTasks
import Synchronization

// Trains on every task with a known optimum, over some seeds, and says whether what must come out did. Each training
// leaves its log, checkpoint and policy under reports/proofs/GATE/seed-N, each gate a learning curve beside them.
// Exit code 1 when a gate fails.
//
//     prove-learning [GATE...] [--seeds 5] [--out reports/proofs] [--threads 2]

/// What was asked for.
struct Request {
  var gates: [Gate] = []
  var seeds = 5
  var threads = 2
  var folder = "reports/proofs"

  init(_ words: some Sequence<String>) throws {
    var names: [String] = []
    var iterator = words.makeIterator()
    while let word = iterator.next() {
      switch word {
      case "--seeds": seeds = try Self.number(iterator.next(), 1...1000, after: word)
      case "--threads": threads = try Self.number(iterator.next(), 1...64, after: word)
      case "--out": folder = try iterator.next() ?? { throw Mistake("--out needs a folder") }()
      default: names.append(word)
      }
    }
    let known = Gates.all.map(\.name)
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw Mistake("no gate \(unknown); there are \(known.joined(separator: ", "))")
    }
    gates = Gates.all.filter { names.isEmpty || names.contains($0.name) }
  }

  private static func number(_ word: String?, _ range: ClosedRange<Int>, after option: String) throws -> Int {
    guard let value = word.flatMap({ Int($0) }), range.contains(value) else {
      throw Mistake("\(option) needs a number of \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}

struct Mistake: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// One training and what was measured before and after it.
struct Outcome: Sendable {
  let records: [UpdateRecord]
  let before: [Double]
  let after: [Double]
}

func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

/// Trains one seed of a gate.
func train(_ gate: Gate, seed: Int, folder: String) throws -> Outcome {
  // One thread each: seeds are what goes side by side here.
  let training = PPO(gate.task, gate.architecture, gate.parameters, seed: UInt64(seed), threads: 1)
  let before = gate.measure(training.policy(origin: "prove-learning"))
  let updates = gate.parameters.updates
  let records = try TrainingFolder("\(folder)/\(gate.name)/seed-\(seed)").run(
    training, overwrite: true, origin: "prove-learning",
    report: { record in
      if record.update % max(1, updates / 4) == 0 {
        say("\(gate.name) seed \(seed): \(TrainingLog.line(record, of: updates))")
      }
    })
  return Outcome(records: records, before: before, after: gate.measure(training.policy(origin: "prove-learning")))
}

/// Measures what other hyper-parameters lead to.
func measure(_ gate: Gate, _ parameters: PPOParameters) throws -> [Double] {
  let training = PPO(gate.task, gate.architecture, parameters, seed: 1)
  while !training.isFinished { _ = try training.update() }
  return gate.measure(training.policy(origin: "prove-learning"))
}

func text(_ values: [Double]) -> String {
  values.map { String(format: "%.4g", $0) }.joined(separator: " ")
}

/// Says how a gate went, and whether it was passed.
func judge(_ gate: Gate, _ outcomes: [Outcome], shortSighted broken: [Double]?) -> Bool {
  print("\n\(gate.name)  \(gate.title)")
  for (index, criterion) in gate.criteria.enumerated() {
    let (after, before) = (outcomes.map { $0.after[index] }, outcomes.map { $0.before[index] })
    print("  \(criterion.name): \(text(after)); median \(text([Gate.median(after)])) within \(criterion.median)")
    print("    before training: \(text(before))")
  }
  var complaints = gate.complaints(outcomes.map(\.after))
  if gate.untrainedFails, outcomes.contains(where: { gate.complaints([$0.before]).isEmpty }) {
    complaints.append("a policy that has not learned passes too")
  }
  if let broken {
    print("  short-sighted, with a discount of 0: \(text(broken))")
    if gate.complaints([broken]).isEmpty { complaints.append("a short-sighted learner passes too") }
  }
  print(complaints.isEmpty ? "  passed" : complaints.map { "  FAILED: \($0)" }.joined(separator: "\n"))
  return complaints.isEmpty
}

func drawCurve(_ gate: Gate, _ outcomes: [Outcome], folder: String) throws {
  let curve = LearningCurveChart(
    gate.name, outcomes.map(\.records), measure: gate.isEpisodic ? .episodeReturn : .reward, best: gate.best)
  guard let curve else { return }
  let figure = Figure(id: gate.name, number: 1, chart: curve)
  try Data(figure.file.utf8).write(
    to: URL(fileURLWithPath: "\(folder)/\(gate.name)/learning-curve.svg"), options: .atomic)
}

func prove(_ request: Request) throws -> Bool {
  let jobs = request.gates.flatMap { gate in (1...request.seeds).map { (gate: gate, seed: $0) } }
  let results = Mutex<[Int: Result<Outcome, any Error>]>([:])
  let next = Atomic<Int>(0)
  let folder = request.folder
  DispatchQueue.concurrentPerform(iterations: request.threads) { _ in
    while true {
      let job = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard job < jobs.count else { return }
      let result = Result { try train(jobs[job].gate, seed: jobs[job].seed, folder: folder) }
      results.withLock { $0[job] = result }
    }
  }
  let outcomes = try results.withLock { all in try jobs.indices.map { try all[$0]!.get() } }
  var isPassed = true
  for (index, gate) in request.gates.enumerated() {
    let own = Array(outcomes[(index * request.seeds)..<((index + 1) * request.seeds)])
    let broken = try gate.shortSighted.map { try measure(gate, $0) }
    isPassed = judge(gate, own, shortSighted: broken) && isPassed
    try drawCurve(gate, own, folder: folder)
  }
  print("\nLogs, policies and learning curves are in \(folder).")
  return isPassed
}

do {
  exit(try prove(Request(CommandLine.arguments.dropFirst())) ? 0 : 1)
} catch let mistake as Mistake {
  say("prove-learning: \(mistake)")
  exit(2)
}
