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
      let query = JobQuery(states: [.finished, .missed], kinds: [.run], limit: most)
      let jobs = try JobsAPI.refusing { try context.jobs.jobs(query).jobs }
      let speed = context.earlierRuns.speed(of: jobs) { order in try order.plan(context) }
      return .json([
        "paths": .integer(plan.paths.count), "markets": .integer(plan.markets.count),
        "desks": .integer(plan.markets.reduce(0) { $0 + $1.desks.count }),
        "seconds": speed.runs == 0 ? .null : .number((plan.work / speed.work * 10).rounded() / 10),
        "runs": .integer(speed.runs),
      ])
    }
  }
}
