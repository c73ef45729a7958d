import Foundation
import GRDB
import Lab

extension JobStore {
  /// What comes of an order that is handed in.
  enum Entry {
    case entered(Job)
    /// It came with this key before, and is this job.
    case known(Job)
    /// The key came with something else, which is this job.
    case keyOfAnother(String)
    /// So many wait already.
    case full(Int)
  }

  /// Enters an order among those that wait.
  ///
  /// - Parameters:
  ///   - id: for the job where it is a new one.
  ///   - request: with what a key may come again; the order where it is nil.
  ///   - limit: how many may wait.
  func enter(
    _ order: JobOrder, id: String, key: String?, request: String?, time: Int64, limit: Int
  ) throws(StoreProblem) -> Entry {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let written = try StoreProblem.wrapping("an order cannot be written") {
      String(decoding: try encoder.encode(order), as: UTF8.self)
    }
    return try write { db in
      if let key, let known = try StoredJob.fetchOne(db, sql: "SELECT * FROM jobs WHERE key = ?", arguments: [key]) {
        return known.keyOf == request ?? written ? .known(known.job) : .keyOfAnother(known.job.id)
      }
      if let full = try Self.fullness(db, limit: limit) { return .full(full) }
      let entered = try StoredJob.fetchOne(
        db,
        sql: """
          INSERT INTO jobs (id, key, keyOf, kind, state, priority, request, created, attempts, isResumable, isStopping,
            revision) VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, 0, 0, 0, 1) RETURNING *
          """,
        arguments: [id, key, key.map { _ in request ?? written }, order.kind.rawValue, order.priority, written, time])
      guard let entered else { preconditionFailure("Invariant: a row that was inserted is there") }
      return .entered(entered.job)
    }
  }

  /// How many wait where no more may; nil where there is room.
  private static func fullness(_ db: Database, limit: Int) throws -> Int? {
    let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM jobs WHERE state = 'queued'") ?? 0
    return count >= limit ? count : nil
  }

  /// A job's process is about to be started; nil where the job does not wait any more.
  func begin(_ id: String, time: Int64) throws(StoreProblem) -> Job? {
    try change(
      id, from: [.queued],
      """
      state = 'running', attempts = attempts + 1, started = ?, ended = NULL, exit = NULL, message = NULL,
      isResumable = 0, isStopping = 0, process = NULL, processStart = NULL
      """, [time])
  }

  /// A job's process is there.
  func note(_ process: ProcessIdentity, of id: String) throws(StoreProblem) -> Job? {
    try change(
      id, from: [.running], "process = ?, processStart = ?", [process.number, Int64(bitPattern: process.start)])
  }

  /// A job's process has been asked to stop.
  func noteStopping(_ id: String) throws(StoreProblem) -> Job? {
    try change(id, from: [.running], "isStopping = 1", [])
  }

  /// A job has come to an end, or has to wait again.
  func end(_ id: String, _ outcome: JobOutcome, time: Int64) throws(StoreProblem) -> Job? {
    try change(
      id, from: [.queued, .running],
      """
      state = ?, exit = ?, message = ?, isResumable = ?, ended = ?, isStopping = 0, process = NULL, processStart = NULL
      """,
      [
        outcome.state.rawValue, outcome.exit, outcome.message, outcome.isResumable, outcome.state.isOver ? time : nil,
      ])
  }

  /// What comes of asking to go on with a job.
  enum Resumption {
    case resumed(Job)
    case unknown
    case notResumable(JobState)
    case full(Int)
  }

  /// A job that is over waits again.
  func resume(_ id: String, limit: Int) throws(StoreProblem) -> Resumption {
    try write { db in
      guard let stored = try StoredJob.fetchOne(db, sql: "SELECT * FROM jobs WHERE id = ?", arguments: [id]) else {
        return .unknown
      }
      guard stored.job.isResumable else { return .notResumable(stored.job.state) }
      if let full = try Self.fullness(db, limit: limit) { return .full(full) }
      let resumed = try StoredJob.fetchOne(
        db,
        sql: """
          UPDATE jobs SET state = 'queued', exit = NULL, message = NULL, isResumable = 0, ended = NULL,
            revision = revision + 1 WHERE id = ? RETURNING *
          """, arguments: [id])
      return resumed.map { .resumed($0.job) } ?? .unknown
    }
  }

  /// Changes a job that is in one of some states; nil where it is not.
  private func change(
    _ id: String, from states: [JobState], _ assignments: String, _ values: [(any DatabaseValueConvertible)?]
  ) throws(StoreProblem) -> Job? {
    let names = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return try write { db in
      try StoredJob.fetchOne(
        db,
        sql: """
          UPDATE jobs SET \(assignments), revision = revision + 1 WHERE id = ? AND state IN (\(names)) RETURNING *
          """, arguments: StatementArguments(values + [id]))?.job
    }
  }

  /// Forgets jobs that are over, but those that ended last.
  ///
  /// - Parameter kept: how many are left.
  /// - Returns: which are forgotten.
  func prune(kept: Int) throws(StoreProblem) -> [String] {
    let isOver = "state NOT IN ('queued', 'running')"
    // Reading is cheap, and there is seldom anything to do.
    let count = try read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM jobs WHERE \(isOver)") ?? 0 }
    guard count > kept else { return [] }
    return try write { db in
      try String.fetchAll(
        db,
        sql: """
          DELETE FROM jobs WHERE number IN
            (SELECT number FROM jobs WHERE \(isOver) ORDER BY ended DESC, number DESC LIMIT -1 OFFSET ?) RETURNING id
          """, arguments: [kept])
    }
  }
}
