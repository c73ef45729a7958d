import Documents
import HTTPTypes
import Lab

/// What a run would be, before it is started.
enum EstimatesAPI {
  static let operations = [estimate]

  /// Earlier runs that are judged by, at most.
  private static let most = 5

  private static let estimate = Operation(
    .post, "/api/v1/estimates", id: "estimateRun", .jobs,
    "Says how much a run is, and about how long it takes, by the last runs here; starts nothing.",
    body: RunOrder.form, example: RunOrder.example,
    answer: .json(
      Schemas.object([
        ("paths", Schemas.whole), ("markets", Schemas.whole), ("desks", Schemas.whole),
        ("seconds", Schemas.nullable("number")), ("runs", Schemas.whole),
      ]), "How much it is; `seconds` is null where no run has finished here yet, `runs` how many were judged by.",
      example: ["paths": 2000, "markets": 2, "desks": 16, "seconds": 1.9, "runs": 1]), failures: [.notFound]
  ) { call, body in
    let context = call.context
    return try await context.apart {
      let plan = try body.plan(context)
      let speed = try speed(context)
      return .json([
        "paths": .integer(plan.paths.count), "markets": .integer(plan.markets.count),
        "desks": .integer(plan.markets.reduce(0) { $0 + $1.desks.count }),
        "seconds": speed.runs == 0 ? .null : .number((plan.work / speed.work * 10).rounded() / 10),
        "runs": .integer(speed.runs),
      ])
    }
  }

  /// Work a second of the last runs that went through in one go, and how many these were. What they ran is read again from
  /// their documents; one whose documents are gone counts for nothing.
  private static func speed(_ context: ServerContext) throws -> (work: Double, runs: Int) {
    let query = JobQuery(states: [.finished, .missed], kinds: [.run], limit: most)
    var (work, seconds, runs) = (0.0, 0.0, 0)
    for job in try JobsAPI.refusing({ try context.jobs.jobs(query).jobs }) where job.attempts == 1 {
      guard let started = job.started, let ended = job.ended, ended > started,
        let plan = try? RunOrder(arguments: job.order.arguments)?.plan(context)
      else { continue }
      work += plan.work
      seconds += Double(ended - started) / 1000
      runs += 1
    }
    return (runs == 0 ? 0 : work / seconds, runs)
  }
}
