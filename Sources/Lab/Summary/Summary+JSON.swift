import Foundation
import Threads

extension Summary {
  /// The summary as JSON, the same bytes for the same numbers: sorted keys, shortest numbers.
  ///
  /// - Parameter threads: that write desks, which are most of it, side by side; they never change a byte.
  package func json(threads: Int = 1) throws(StoreProblem) -> Data {
    let desks = desks
    let written = orderedMap(desks.count, threads: threads) { number in
      Result { () throws(StoreProblem) in try Self.writing { try desks[number].json() } }
    }
    let frame = try Self.writing { try SortedJSON.bytes(of: withoutDesks) }
    // No string can hold this: in one, a quote stands behind a backslash.
    guard let place = frame.range(of: Data(#""desks":["#.utf8)) else {
      preconditionFailure("Invariant: a summary has a list of desks")
    }
    var data = frame[..<place.upperBound]
    for (number, desk) in written.enumerated() {
      if number > 0 { data.append(UInt8(ascii: ",")) }
      data.append(try desk.get())
    }
    data.append(frame[place.upperBound...])
    data.append(UInt8(ascii: "\n"))
    return data
  }

  private static func writing(_ encode: () throws -> Data) throws(StoreProblem) -> Data {
    try StoreProblem.wrapping("the summary cannot be written as JSON", encode)
  }

  private var withoutDesks: Summary {
    Summary(
      schema: schema, title: title, run: run, ruin: ruin, recovery: recovery, scenarios: scenarios, markets: markets,
      desks: [], agents: agents, riskProfiles: riskProfiles, studyParameters: studyParameters, absences: absences,
      openings: openings,
      policies: policies, comparisons: comparisons, profileEffects: profileEffects,
      impairmentOnsets: impairmentOnsets, severityCurves: severityCurves,
      whatIfs: whatIfs, ruins: ruins,
      sensitivities: sensitivities, criteria: criteria, stopping: stopping, knownCase: knownCase)
  }
}
