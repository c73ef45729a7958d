import Foundation
import GRDB

extension ResultsStore {
  /// Makes the store of a run, with what it is to know of it and the tables that name things, all in one transaction.
  ///
  /// - Parameter paths: that are wanted.
  static func create(
    at path: String, _ context: RunContext, paths: Range<Int64>
  ) throws(StoreProblem) -> ResultsStore {
    let text = try json(context, "what the store is to know of its run")
    return try create(at: path, columns: StoredColumn.outcomes) { db in
      try set(["context": text, "fingerprint": context.fingerprint].merging(wanted(paths)) { $1 }, in: db)
      for (number, market) in context.markets.enumerated() {
        try db.execute(
          sql: "INSERT INTO markets VALUES (?, ?, ?, ?)",
          arguments: [number, market.scenario, market.severity, market.clock.stepSeconds])
      }
      for desk in context.desks {
        try db.execute(
          sql: "INSERT INTO desks VALUES (?, ?, ?, ?, ?, ?)",
          arguments: [desk.desk, desk.market, desk.scenario, desk.severity, desk.agent, desk.risk])
      }
      for (number, parameter) in context.parameters.enumerated() {
        try db.execute(
          sql: "INSERT INTO parameters VALUES (?, ?, ?, ?)",
          arguments: [number, parameter.scenario, parameter.pointer, parameter.unit])
      }
      for series in context.markets.flatMap(\.fans.series) {
        try db.execute(
          sql: "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            series.number, series.market, series.desk, series.asset.map { context.markets[series.market].assets[$0] },
            series.quantity, series.isInEventTime ? "event" : "clock", series.scale,
          ])
      }
      let bins = HistogramCounts.bins
      for bin in 0..<bins.count {
        try db.execute(
          sql: "INSERT INTO bins VALUES (?, ?, ?)",
          arguments: [
            bin, bin == bins.underflow ? nil : bins.edges[bin - 1], bin == bins.overflow ? nil : bins.edges[bin],
          ])
      }
      try seal(StorePart.all(context), in: db)
    }
  }

  /// What the store knows of its run.
  func context() throws(StoreProblem) -> RunContext {
    guard let text = try meta("context") else { throw .damaged(path, "it does not say which run it is of") }
    do {
      return try JSONDecoder().decode(RunContext.self, from: Data(text.utf8))
    } catch {
      throw StoreProblem("\(path): what it says of its run cannot be read: written by another version", .unfit)
    }
  }

  /// The paths that are wanted, over all commands that wrote to this store.
  func wantedPaths() throws(StoreProblem) -> Range<Int64>? {
    guard let first = try meta("firstPath").flatMap({ Int64($0) }), let paths = try meta("paths").flatMap({ Int64($0) })
    else { return nil }
    return first..<first + paths
  }

  /// Remembers the paths that are wanted.
  func want(_ paths: Range<Int64>) throws(StoreProblem) {
    try write { db in try Self.set(Self.wanted(paths), in: db) }
  }

  private static func wanted(_ paths: Range<Int64>) -> [String: String] {
    ["firstPath": "\(paths.lowerBound)", "paths": "\(paths.count)"]
  }

  /// The ranges of finished paths of each market, sorted and disjoint.
  func finishedPaths(markets: Int) throws(StoreProblem) -> [[Range<Int64>]] {
    var ranges: [[Range<Int64>]] = Array(repeating: [], count: markets)
    for tile in try tiles() {
      let range = tile.firstPath..<tile.firstPath + tile.paths
      if let last = ranges[tile.market].last, last.upperBound == range.lowerBound {
        ranges[tile.market][ranges[tile.market].count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges[tile.market].append(range)
      }
    }
    return ranges
  }

  /// The one range of paths that every market has finished.
  ///
  /// - Throws: `StoreProblem` when some market lacks some of the paths.
  func finishedRange(markets: Int) throws(StoreProblem) -> Range<Int64> {
    guard let wanted = try wantedPaths(), try finishedPaths(markets: markets).allSatisfy({ $0 == [wanted] }) else {
      throw StoreProblem("the run is not finished: resume it with --resume", .unfit)
    }
    return wanted
  }

  /// The trace of each desk's worst path, by the desk's number.
  func traces() throws(StoreProblem) -> [Int: StoredTrace] {
    let rows = try read { db in try Row.fetchAll(db, sql: "SELECT desk, path, trace FROM traces") }
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in (row[0], StoredTrace(desk: row[0], path: row[1], text: row[2])) })
  }

  /// What trained agents did, by the number of the desk at which they were looked at, in order.
  func behaviours() throws(StoreProblem) -> [(desk: Int, behaviour: PolicyBehaviour)] {
    let rows = try read { db in try Row.fetchAll(db, sql: "SELECT desk, behaviour FROM behaviours ORDER BY desk") }
    return try rows.map { row throws(StoreProblem) in
      let (desk, text): (Int, String) = (row[0], row[1])
      return try StoreProblem.wrapping("what the agent of desk \(desk) did cannot be read") {
        (desk, try JSONDecoder().decode(PolicyBehaviour.self, from: Data(text.utf8)))
      }
    }
  }

  /// Single paths of the fans, by series; nil before the end of a run.
  func samples() throws(StoreProblem) -> [Int: [[Double]]]? {
    guard let text = try meta("samples") else { return nil }
    return try StoreProblem.wrapping("the sample paths of the fans cannot be read") {
      try JSONDecoder().decode([Int: [[Double]]].self, from: Data(text.utf8))
    }
  }

  /// How the case went whose answer is known; nil before the run's end, and in a store that does not say it.
  func knownCase() throws(StoreProblem) -> KnownCase? {
    guard let text = try meta("knownCase") else { return nil }
    return try StoreProblem.wrapping("the known case cannot be read") {
      try JSONDecoder().decode(KnownCase.self, from: Data(text.utf8))
    }
  }
}
