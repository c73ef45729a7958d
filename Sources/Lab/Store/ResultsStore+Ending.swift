import Foundation
import GRDB
import Trading

extension ResultsStore {
  /// What the outcomes of a whole run say at its end, found in one reading.
  struct Ending {
    /// As `digest()` gives it.
    let digest: String
    /// The path on which each desk ended worst, by the desk's number: the smallest final equity; of several, the first.
    let worstPaths: [Int: Int64]
  }

  /// Reads all outcomes for what stands at the end of a run.
  ///
  /// - Throws: `.damaged` where a tile does not have the outcomes that it was written with.
  func ending(_ context: RunContext) throws(StoreProblem) -> Ending {
    func place(_ name: String) -> Int {
      guard let place = columns.firstIndex(where: { $0.name == name }) else {
        preconditionFailure("Invariant: outcomes have a column \(name)")
      }
      return place
    }
    let (path, desk) = (place("path"), place("desk"))
    let finalEquity = place(OutcomeColumn.fact(.finalEquity).name)
    var worst: [Int: (equity: Double, path: Int64)] = [:]
    let digest = try verifiedDigest(context) { words in
      let equity = Double(bitPattern: words[finalEquity])
      // Rows come in the order of the paths, so the first of equals is kept.
      if equity < worst[Int(words[desk])]?.equity ?? .infinity {
        worst[Int(words[desk])] = (equity, Int64(bitPattern: words[path]))
      }
    }
    return Ending(digest: digest, worstPaths: worst.mapValues(\.path))
  }

  /// A value as JSON, the same bytes for the same value.
  ///
  /// - Parameter what: the value, for a problem's words.
  static func json(_ value: some Encodable, _ what: String) throws(StoreProblem) -> String {
    try StoreProblem.wrapping("\(what) cannot be written as JSON") {
      String(decoding: try SortedJSON.bytes(of: value), as: UTF8.self)
    }
  }

  /// Takes back that the run is finished: more tiles are to come.
  func reopen() throws(StoreProblem) {
    try write { db in
      try db.execute(sql: "DELETE FROM meta WHERE key IN ('digest', 'samples', 'knownCase')")
      try Self.seal([.meta], in: db)
    }
  }

  /// Writes what stands at the end of a run: the digest, the traces, what trained agents did, the rungs of the ladder, what other
  /// figures would do, what ruined desks, the sample paths of the fans, and how the case went whose answer is known.
  func finish(
    digest: String, traces: [StoredTrace], behaviours: [(desk: Int, behaviour: PolicyBehaviour)],
    rungs: [StoredRung], whatIfs: [StoredWhatIf], ruins: RuinCounts.Tables, samples: [Int: [[Double]]],
    knownCase: KnownCase
  ) throws(StoreProblem) {
    let knownText = try Self.json(knownCase, "the known case")
    let sampleText = try Self.json(samples, "sample paths of the fans")
    let behaviourTexts = try behaviours.map { desk, behaviour throws(StoreProblem) in
      (desk, try Self.json(behaviour, "what the agent of desk \(desk) did"))
    }
    try write { db in
      try db.execute(sql: "DELETE FROM traces")
      for trace in traces {
        try db.execute(sql: "INSERT INTO traces VALUES (?, ?, ?)", arguments: [trace.desk, trace.path, trace.text])
      }
      try db.execute(sql: "DELETE FROM behaviours")
      for (desk, text) in behaviourTexts {
        try db.execute(sql: "INSERT INTO behaviours VALUES (?, ?)", arguments: [desk, text])
      }
      try Self.write(rungs, in: db)
      try Self.write(whatIfs, in: db)
      try Self.write(ruins, in: db)
      try Self.seal([.traces, .behaviours, .rungs, .whatIfs, .ruins, .movers], in: db)
      try Self.set(["digest": digest, "samples": sampleText, "knownCase": knownText], in: db)
    }
  }
}
