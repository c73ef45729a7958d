import Foundation
import Lab
import Testing

@Suite("Outcomes, desk by desk")
struct OutcomeTablesTests {
  /// Planted mistakes: the last block left out; a block's columns written row by row.
  @Test("they are the same whether they wait in memory or in a file, and those that the store holds")
  func spilled() throws {
    let folder = try TemporaryFolder()
    let paths = 1100
    let study = try SmallScenario.write(to: folder, paths: paths)
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2))
    let store = try ResultsStore.open(at: folder.path("run/results.sqlite"), columns: StoredColumn.outcomes)
    let desks = summary.desks.count
    func tables(_ memory: Int) throws -> OutcomeTables {
      try OutcomeTables(
        store, columns: Measures.columns, level: .most, desks: desks, paths: paths, memory: memory)
    }
    let (held, spilled) = (try tables(OutcomeTables.bytesInMemory), try tables(0))
    for desk in 0..<desks {
      let (one, other) = (held.table(desk: desk), spilled.table(desk: desk))
      #expect(one.count == paths && other.count == paths)
      for column in Measures.columns { #expect(one[column] == other[column], "desk \(desk), \(column)") }
      let rows = try folder.outcomes("run", ["desk", "finalEquity", "ruinStep"]).map { $0.split(separator: "|") }
        .filter { $0[0] == "\(desk)" }
      #expect(one[.fact(.finalEquity)] == rows.compactMap { Double($0[1]) })
      #expect(one[.fact(.ruinStep)] == rows.compactMap { Double($0[2]) })
    }
    try held.checkRead()
    try spilled.checkRead()
  }
}
