import Documents
import Foundation
import Lanes
import Randomness
import Threads

/// Makes parts of a run again from the documents that it names, and compares them with what the store holds, bit for bit.
struct RunRepetition {
  let store: ResultsStore
  let context: RunContext
  let threads: Int

  init(_ store: ResultsStore, _ context: RunContext, threads: Int) {
    self.store = store
    self.context = context
    self.threads = threads
  }

  /// What it is about, for a line of its own.
  static let what = "the paths"

  /// A check of the documents, of some paths, and of what the report looks at closely.
  func checks(paths: Int) throws(StoreProblem) -> [FolderCheck] {
    let plan: RunPlan
    switch try documents() {
    case .failure(let check): return [check]
    case .success(let found): plan = found
    }
    var checks = [try descriptionCheck(plan)]
    guard checks.allSatisfy({ $0.finding == .good }) else {
      return checks + [.notChecked(Self.what, "they are not simulated again, as another run would come out")]
    }
    let range = try store.finishedRange(markets: context.markets.count)
    checks.append(try pathCheck(plan, range, paths: paths))
    checks.append(try viewCheck(plan, range))
    if let check = try knownCheck() { checks.append(check) }
    return checks
  }

  /// Either a plan of the run, or why there is none.
  enum Documents {
    case success(RunPlan)
    case failure(FolderCheck)
  }

  /// Reads the run's documents where its command names them, and sees that they are those of the run.
  func documents() throws(StoreProblem) -> Documents {
    func not(_ why: String) -> Documents { .failure(.notChecked(Self.what, "\(why): no path was simulated again")) }
    guard context.cpuLevel == CPULevel.current.rawValue else {
      return not("the run was made on \(context.cpuLevel), and this program computes by \(CPULevel.current.rawValue)")
    }
    guard context.streamVersion == RandomStreams.version else {
      return not(
        "the run drew by version \(context.streamVersion) of the random streams, this program by \(RandomStreams.version)"
      )
    }
    guard !context.command.contains(ScenarioFile.standardInput) else {
      return not("the documents were read from standard input")
    }
    let named = Array(context.command.prefix { $0 != "--study" })
    let study = context.command.count > named.count ? context.command.last : nil
    if let path = (named + [study].compactMap(\.self)).first(where: { !FileManager.default.fileExists(atPath: $0) }) {
      return not("\(path) is not where it was, seen from this folder")
    }
    do {
      let file = try StudyFile(reading: named, under: study, repository: Program.repository)
      let plan = try RunPlan(file, try settings())
      let files = try plan.file.inputFiles(agents: plan.agents)
      if let changed = zip(context.files, files).first(where: { $0 != $1 }) {
        return not("the \(changed.0.role.rawValue) \(changed.0.name) is not what it was")
      }
      guard files.count == context.files.count else { return not("the study names other files than it did") }
      return .success(plan)
    } catch let problems as Problems {
      return not("the documents cannot be read: \(problems.all.first.map(\.description) ?? "")")
    } catch let refusal as Refusal {
      return not("\(refusal)")
    } catch let problem as StoreProblem {
      return not("\(problem)")
    } catch {
      throw StoreProblem("the documents cannot be read: \(error)")
    }
  }

  /// The options of the run's command line, from the words that it keeps of them.
  private func settings() throws(StoreProblem) -> RunSettings {
    var settings = RunSettings(seed: context.seed, threads: threads)
    for choice in context.choices {
      let words = choice.split(separator: " ", maxSplits: 1).map(String.init)
      let values = words.last?.split(separator: ",").map(String.init) ?? []
      switch words.first {
      case "--agents": settings.agents = values
      case "--risk": settings.risks = values
      case "--severity": settings.severities = values.compactMap(Double.init)
      default: throw StoreProblem("the store's run was chosen by \(choice), which this version does not know", .unfit)
      }
    }
    return settings
  }

  /// What the store tells of markets, desks and documents, made again.
  func descriptionCheck(_ plan: RunPlan) throws(StoreProblem) -> FolderCheck {
    let again = try RunContext(plan, gitRevision: context.gitRevision)
    let parts: [(name: String, isSame: Bool)] = [
      ("title", again.title == context.title), ("scenarios", again.scenarios == context.scenarios),
      ("markets", again.markets == context.markets), ("desks", again.desks == context.desks),
      ("drawn parameters", again.parameters == context.parameters), ("agents", again.agents == context.agents),
      ("risk profiles", again.riskProfiles == context.riskProfiles), ("policies", again.policies == context.policies),
      ("study's figures", again.studyParameters == context.studyParameters),
      ("absences", again.absences == context.absences), ("openings", again.openings == context.openings),
      ("ruin", again.ruin == context.ruin),
      ("recovery", again.recovery == context.recovery), ("confidence", again.confidence == context.confidence),
      ("comparisons", again.comparisons == context.comparisons), ("criteria", again.criteria == context.criteria),
      ("stopping rule", again.until == context.until && again.coverage == context.coverage),
    ]
    let what = "the documents"
    guard let other = parts.first(where: { !$0.isSame }) else {
      return .good(what, "are those of the run, and give its scenarios, markets and desks")
    }
    let version =
      context.programVersion == Program.version
      ? "" : "; the run is of version \(context.programVersion), this program is \(Program.version)"
    return .differs(what, "the \(other.name) that the store tells of are not those that the documents give\(version)")
  }

  /// What the report looks at closely: the worst path of each desk, the sample paths of the fans, what trained agents did.
  private func viewCheck(_ plan: RunPlan, _ range: Range<Int64>) throws(StoreProblem) -> FolderCheck {
    let what = "the worst and the sample paths"
    let worst = try store.worstPaths()
    let traces = try store.traces()
    if let desk = context.desks.first(where: { traces[$0.desk]?.path != worst[$0.desk] }) {
      return .differs(what, "the worst path of \(desk.agent)/\(desk.risk) in \(desk.scenario) is another one")
    }
    let replays = Replays(markets: plan.markets, threads: threads)
    for trace in try replays.traces(of: worst) where trace.text != traces[trace.desk]?.text {
      return .differs(what, "path \(trace.path) of desk \(trace.desk), step by step, is not what the store tells of it")
    }
    let first = range.lowerBound..<min(range.lowerBound + RunRepetition.samplePaths, range.upperBound)
    let samples = try ResultsStore.json(replays.samples(of: first), "sample paths of the fans")
    guard try samples == store.meta("samples") else { return .differs(what, "the sample paths of the fans are others") }
    let behaviours = PolicyReplays(plan.markets, context, paths: range, threads: threads).behaviours()
    let stored = try store.behaviours()
    guard behaviours.map(\.desk) == stored.map(\.desk), behaviours.map(\.behaviour) == stored.map(\.behaviour) else {
      return .differs(what, "what trained agents did is not what the store tells of them")
    }
    return .good(what, "step by step as the report tells of them")
  }

  /// The case whose answer is known, lived through again; nil in a store that does not tell of it.
  private func knownCheck() throws(StoreProblem) -> FolderCheck? {
    let what = "the known case"
    guard let told = try store.knownCase() else { return nil }
    let again = try StoreProblem.wrapping("the known case cannot be lived through") {
      try KnownCase(seed: context.seed)
    }
    guard told == again else { return .differs(what, "comes out otherwise than the store tells of it") }
    return again.isMet
      ? .good(what, "comes out as its formula says, within its interval")
      : .differs(what, "misses its formula by more than chance does in one run of a thousand")
  }

  /// How many paths a fan shows.
  static let samplePaths: Int64 = 5
}
