import Foundation
import GRDB

/// A row of the table of jobs.
struct StoredJob: Sendable {
  let job: Job
  /// What the order's key came with; nil for one without a key.
  let keyOf: String?
  /// The process that was started for it and may still be there.
  let process: ProcessIdentity?
  /// Its place in the order of arrival.
  let number: Int64
}

extension StoredJob: FetchableRecord {
  init(row: Row) throws {
    guard let state = JobState(rawValue: row["state"]) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a job of no known state")
    }
    let order: JobOrder
    do {
      order = try JSONDecoder().decode(JobOrder.self, from: Data((row["request"] as String).utf8))
    } catch {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a job whose order cannot be read")
    }
    job = Job(
      id: row["id"], order: order, state: state, created: row["created"], started: row["started"], ended: row["ended"],
      attempts: row["attempts"], exit: row["exit"], message: row["message"], isResumable: row["isResumable"],
      isStopping: row["isStopping"], revision: row["revision"])
    keyOf = row["keyOf"]
    number = row["number"]
    if let process = row["process"] as Int32?, let start = row["processStart"] as Int64? {
      self.process = ProcessIdentity(number: process, start: UInt64(bitPattern: start))
    } else {
      process = nil
    }
  }
}
