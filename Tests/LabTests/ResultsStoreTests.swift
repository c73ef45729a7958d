import Foundation
import Lab
import Testing

/// Processor time of the calling thread so far: what a loaded machine does not change.
private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

@Suite("The results store")
struct ResultsStoreTests {
  /// A column of each type, after the three of the key.
  static let columns = [
    StoredColumn("path", .integer, "path"), StoredColumn("clone", .integer, "clone"),
    StoredColumn("desk", .integer, "desk"),
    StoredColumn("state", .integer, "state"), StoredColumn("equity", .real, "equity"),
  ]

  static func batch(paths: Range<Int64>, desks: Int) -> OutcomeBatch {
    var batch = OutcomeBatch(columns: columns.count)
    for path in paths {
      for desk in 0..<desks {
        batch.append(UInt64(bitPattern: path))
        batch.append(0)
        batch.append(UInt64(desk))
        batch.append(UInt64(bitPattern: path % 5 - 1))
        batch.append((Double(path) / 7 - Double(desk)).bitPattern)
      }
    }
    return batch
  }

  static func commit(_ outcomes: OutcomeBatch, _ paths: Range<Int64>) -> StoreCommit {
    StoreCommit(
      tile: FinishedTile(market: 0, firstPath: paths.lowerBound, paths: Int64(paths.count)), outcomes: outcomes,
      histograms: [])
  }

  @Test("the digest is SHA-256 over the rows in (path, desk) order, whatever the order of writing")
  func digestIsOfRowsInOrder() throws {
    let folder = try TemporaryFolder()
    var expected = Data()
    for path in Int64(0)..<100 {
      for desk in Int64(0)..<3 {
        withUnsafeBytes(of: path.littleEndian) { expected.append(contentsOf: $0) }
        withUnsafeBytes(of: Int64(0).littleEndian) { expected.append(contentsOf: $0) }
        withUnsafeBytes(of: desk.littleEndian) { expected.append(contentsOf: $0) }
        withUnsafeBytes(of: Int64(path % 5 - 1).littleEndian) { expected.append(contentsOf: $0) }
        let equity = Double(path) / 7 - Double(desk)
        withUnsafeBytes(of: equity.bitPattern.littleEndian) { expected.append(contentsOf: $0) }
      }
    }
    try expected.write(to: folder.url.appendingPathComponent("rows"))
    let sum = try folder.run("/usr/bin/sha256sum", ["rows"]).prefix(64)

    var digests: [String] = []
    for (name, ranges) in [("up", [Int64(0)..<40, 40..<100]), ("down", [Int64(40)..<100, 0..<40])] {
      let store = try ResultsStore.create(
        at: folder.url.appendingPathComponent("\(name).sqlite").path, columns: Self.columns)
      for range in ranges { try store.commit([Self.commit(Self.batch(paths: range, desks: 3), range)]) }
      digests.append(try store.digest())
      try store.close()
    }
    #expect(digests == [String(sum), String(sum)])
  }

  @Test("two hundred thousand rows of 55 columns are written in under two seconds")
  func writesFast() throws {
    let folder = try TemporaryFolder()
    let columns =
      Self.columns.prefix(3) + (0..<52).map { StoredColumn("c\($0)", $0 % 2 == 0 ? .real : .integer, "filler") }
    var batches: [OutcomeBatch] = []
    for tile in Int64(0)..<40 {
      var batch = OutcomeBatch(columns: columns.count)
      for path in tile * 250..<(tile + 1) * 250 {
        for desk in 0..<20 {
          batch.append(UInt64(bitPattern: path))
          batch.append(0)
          batch.append(UInt64(desk))
          for column in 0..<52 {
            batch.append(column % 2 == 0 ? (Double(path) * 1.37 + Double(column)).bitPattern : UInt64(column))
          }
        }
      }
      batches.append(batch)
    }
    let store = try ResultsStore.create(
      at: folder.url.appendingPathComponent("results.sqlite").path, columns: Array(columns))
    let before = threadSeconds()
    for (tile, batch) in batches.enumerated() {
      try store.commit([Self.commit(batch, Int64(tile) * 250..<Int64(tile + 1) * 250)])
    }
    let seconds = threadSeconds() - before
    #expect(seconds < 2, "200,000 rows took \(seconds) s of processor time")
    try store.close()
  }
}
