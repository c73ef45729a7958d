import AsyncAlgorithms
import Documents
import HTTPTypes
import Hummingbird
import NIOCore

/// Work: start it, watch it, stop it, go on with it.
enum JobsAPI {
  static let operations =
    [
      start("/api/v1/runs", "startRun", "Starts a run of scenarios or a study.", RunOrder.self),
      start("/api/v1/trainings", "startTraining", "Starts a training.", TrainingOrder.self),
      start("/api/v1/searches", "startSearch", "Starts a search for the values of a training.", SearchOrder.self),
      start("/api/v1/collections", "startCollection", "Collects bars from an exchange.", CollectionOrder.self),
      start(
        "/api/v1/feature-sets", "startFeatures", "Computes features of a dataset, and keeps them.", FeaturesOrder.self),
      start(
        "/api/v1/agent-comparisons", "startComparison", "Compares two versions of a model through a study.",
        ComparisonOrder.self),
      start(
        "/api/v1/promotions", "startPromotion", "Promotes a version of a model, through its gate.", PromotionOrder.self),
    ] + [list, read, cancel, resume, events, log, output, changes]

  private static let jobAnswer = Operation.AnswerDescription.json(
    Schemas.reference("Job"), "The job.", example: Examples.job)

  private static let id = Parameter("id", in: .path, .text(1...64), "of the job", example: "4b227777d4dd1fc6")

  /// An operation that hands work in.
  private static func start<Order: WorkOrder>(
    _ path: String, _ id: String, _ summary: String, _ type: Order.Type
  ) -> Operation {
    Operation(
      .post, path, id: id, .jobs, summary,
      parameters: [
        Parameter(
          "Idempotency-Key", in: .header, .text(1...200),
          "the same key with the same body is the same job, however often it is sent", example: "5f0c6a1e")
      ],
      body: Order.form, example: Order.example,
      answer: .json(Schemas.reference("Job"), status: .accepted, "The job that waits.", example: Examples.job),
      failures: [.notFound, .conflict, .tooManyRequests]
    ) { call, body in
      let context = call.context
      let order = try await context.apart { try body.order(context) }
      let job = try await refusing {
        try await context.jobs.submit(order, key: call.text("Idempotency-Key"), request: call.bodyText)
      }
      return .json(job.json, status: .accepted, headers: [(.location, "/api/v1/jobs/\(job.id)")])
    }
  }

  private static let list = Operation(
    .get, "/api/v1/jobs", id: "listJobs", .jobs, "Lists jobs, the newest first.",
    parameters: [
      Parameter(
        "state", in: .query, .choice(JobState.allCases.map(\.rawValue)), "only of this state", example: "running"),
      Parameter("kind", in: .query, .choice(JobKind.allCases.map(\.rawValue)), "only of this kind", example: "run"),
      .limit, .after,
    ],
    answer: .json(
      Schemas.list(of: "Job"), "A part of the list.", example: ["items": [Examples.job], "next": nil]),
    failures: [.notFound]
  ) { call in
    let query = JobQuery(
      states: Set([call.text("state").flatMap(JobState.init)].compactMap(\.self)),
      kinds: Set([call.text("kind").flatMap(JobKind.init)].compactMap(\.self)), limit: call.integer("limit") ?? 50,
      after: call.text("after"))
    let page = try await call.context.apart { try refusing { try call.context.jobs.jobs(query) } }
    return .json(["items": .array(page.jobs.map(\.json)), "next": page.next.map { .string($0) } ?? .null])
  }

  private static let read = Operation(
    .get, "/api/v1/jobs/{id}", id: "readJob", .jobs, "Reads how a job stands.", parameters: [id], answer: jobAnswer,
    failures: [.notFound]
  ) { call in .json(try await job(call).json) }

  private static let cancel = Operation(
    .post, "/api/v1/jobs/{id}/cancel", id: "cancelJob", .jobs,
    "Stops a job: at once where it waits, else its process stops in order and can be gone on with.", parameters: [id],
    answer: jobAnswer, failures: [.notFound, .conflict]
  ) { call in
    let id = call.text("id") ?? ""
    return .json(try await refusing { try await call.context.jobs.cancel(id) }.json)
  }

  private static let resume = Operation(
    .post, "/api/v1/jobs/{id}/resume", id: "resumeJob", .jobs, "Goes on with a job that was stopped or failed.",
    parameters: [id], answer: jobAnswer, failures: [.notFound, .conflict, .tooManyRequests]
  ) { call in
    let id = call.text("id") ?? ""
    return .json(try await refusing { try await call.context.jobs.resume(id) }.json)
  }

  private static let events = Operation(
    .get, "/api/v1/jobs/{id}/events", id: "followJob", .jobs,
    "Follows what a job tells as it goes, as server-sent events: `id` is where to go on, `data` a JSON object. The stream ends "
      + "when the job is over.",
    parameters: [
      id,
      Parameter(
        "Last-Event-ID", in: .header, .integer(0...Int.max), "where to go on", example: 0),
      Parameter("from", in: .query, .integer(0...Int.max), "the same, for who cannot send headers", example: 0),
    ],
    answer: .text(
      "text/event-stream", "The events.",
      example: "id: 212\nevent: progress\ndata: {\"event\":\"progress\",\"done\":0.25}\n\n"),
    failures: [.notFound, .serviceUnavailable]
  ) { call in
    let job = try await job(call)
    let offset = Int64(call.integer("Last-Event-ID") ?? call.integer("from") ?? 0)
    let events = try refusing { try call.context.jobs.events(of: job.id, from: offset) }
    let jobs = call.context.jobs
    // Who follows to the end learns how it ended.
    let last = CollectionOfOne(job.id).async.map { id in
      EventStream.text("state", (try? jobs.job(id).json).map { JSONWriter.write($0) } ?? "null")
    }
    return try EventStream.reply(
      call.context, chain(events.map { EventStream.text(id: $0.offset, $0.name ?? "message", $0.line) }, last))
  }

  private static let changes = Operation(
    .get, "/api/v1/changes", id: "followChanges", .jobs,
    "Follows which jobs change, as server-sent events: `data` is the job as it stands then.",
    answer: .text(
      "text/event-stream", "The events.", example: "event: job\ndata: {\"id\":\"4b227777d4dd1fc6\"}\n\n"),
    failures: [.serviceUnavailable]
  ) { call in
    let jobs = call.context.jobs
    return try EventStream.reply(
      call.context,
      jobs.changes().compactMap { id in
        (try? jobs.job(id)).map { EventStream.text("job", JSONWriter.write($0.json)) }
      })
  }

  private static let log = Operation(
    .get, "/api/v1/jobs/{id}/log", id: "readLog", .jobs,
    "Reads the end of what a job's process said on standard error.",
    parameters: [
      id, Parameter("bytes", in: .query, .integer(1...1_048_576), "at most; 65536 unless given", example: 4096),
    ],
    answer: .text("text/plain", "The end of the log.", example: "stresslab: no such file\n"), failures: [.notFound]
  ) { call in
    let job = try await job(call)
    let bytes = call.integer("bytes") ?? 1 << 16
    let text = try await call.context.apart { try refusing { try call.context.jobs.log(of: job.id, last: bytes) } }
    return Reply(.bytes(Array(text.utf8), type: "text/plain; charset=utf-8"))
  }

  private static let output = Operation(
    .get, "/api/v1/jobs/{id}/output", id: "readOutput", .jobs,
    "Reads what a job's process said on standard output, such as the comparison of two agents.", parameters: [id],
    answer: .text("text/plain", "The output.", example: "{}\n"), failures: [.notFound]
  ) { call in
    let job = try await job(call)
    let file = "\(call.context.workspace.path)/\(Workspace.own)/jobs/\(job.id)/out"
    let bytes = try await call.context.apart { try FileContents.read(file) ?? [] }
    return Reply(.bytes(bytes, type: "text/plain; charset=utf-8"))
  }

  /// The job that a call names.
  static func job(_ call: Call) async throws -> Job {
    let id = call.text("id") ?? ""
    return try await call.context.apart { try refusing { try call.context.jobs.job(id) } }
  }

  /// Answers the refusals of the queue.
  static func refusing<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let refusal as JobRefusal { throw Failure(refusal) }
  }

  private static func refusing<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    do { return try await body() } catch let refusal as JobRefusal { throw Failure(refusal) }
  }
}

extension Failure {
  /// What the queue refuses.
  init(_ refusal: JobRefusal) {
    switch refusal {
    case .unknown: self = .notFound("\(refusal)")
    case .noPlace: self = Failure(.badRequest, "badRequest", "after: \(refusal)")
    case .full: self = Failure(.tooManyRequests, "tooManyJobs", "\(refusal)", headers: [(.retryAfter, "30")])
    case .keyOfAnother: self = Failure(.conflict, "keyOfAnother", "\(refusal)")
    case .over, .notResumable: self = Failure(.conflict, "conflict", "\(refusal)")
    case .stopping: self = Failure(.serviceUnavailable, "stopping", "\(refusal)", headers: [(.retryAfter, "5")])
    case .store(let problem): self = Failure(problem)
    }
  }
}
