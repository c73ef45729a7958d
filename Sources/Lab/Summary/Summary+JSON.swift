import Foundation
import Threads

extension Summary {
  /// The summary as JSON, the same bytes for the same numbers: sorted keys, shortest numbers.
  ///
  /// - Parameter threads: that write desks, which are most of it, side by side; they never change a byte.
  package func json(threads: Int = 1) throws(StoreProblem) -> Data {
    let desks = desks
    let written = orderedMap(desks.count, threads: threads) { number in
      Result { () throws(StoreProblem) in try Self.bytes(of: desks[number]) }
    }
    var data = try Self.bytes(of: withoutDesks)
    // No string can hold this: in one, a quote stands behind a backslash.
    guard let place = data.range(of: Data(#""desks":["#.utf8)) else {
      preconditionFailure("Invariant: a summary has a list of desks")
    }
    let list = Data(
      try written.map { result throws(StoreProblem) in try result.get() }.joined(separator: [UInt8(ascii: ",")]))
    data.insert(contentsOf: list, at: place.upperBound)
    data.append(UInt8(ascii: "\n"))
    return data
  }

  private static func bytes(of value: some Encodable) throws(StoreProblem) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try StoreProblem.wrapping("the summary cannot be written as JSON") { try encoder.encode(value) }
  }

  private var withoutDesks: Summary {
    Summary(
      schema: schema, title: title, run: run, ruin: ruin, recovery: recovery, scenarios: scenarios, markets: markets,
      desks: [], agents: agents, riskProfiles: riskProfiles)
  }
}
