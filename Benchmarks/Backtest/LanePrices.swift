import Glibc
import Lanes

/// The closes of many series in memory, eight series (a group) side by side: [group][bar], as a tile of a run has them.
struct LanePrices: ~Copyable {
  let groups: Int
  let bars: Int
  /// On cache lines: a vector that straddles two costs twice.
  private let closes: UnsafeMutablePointer<Lanes>

  /// Reads a file of closes in rows, a row a bar, as doubles of this machine: [bar][series].
  ///
  /// nil: there is no such file, or it is not of that size. The number of series is a multiple of eight.
  init?(file: String, bars: Int, series: Int) {
    precondition(series % Lanes.count == 0, "Invariant: series fill groups")
    let rows = UnsafeMutableBufferPointer<Double>.allocate(capacity: bars * series)
    defer { rows.deallocate() }
    guard let stream = fopen(file, "rb") else { return nil }
    let read = fread(rows.baseAddress!, MemoryLayout<Double>.stride, rows.count, stream)
    fclose(stream)
    guard read == rows.count else { return nil }

    groups = series / Lanes.count
    self.bars = bars
    closes = UnsafeMutableRawPointer.allocate(byteCount: bars * series * MemoryLayout<Double>.stride, alignment: 64)
      .bindMemory(to: Lanes.self, capacity: groups * bars)
    for group in 0..<groups {
      for bar in 0..<bars {
        let first = bar * series + group * Lanes.count
        (closes + (group * bars + bar)).initialize(to: Lanes { rows[first + $0] })
      }
    }
  }

  deinit { closes.deallocate() }

  /// The closes of a group, bar by bar.
  func group(_ index: Int) -> UnsafePointer<Lanes> { UnsafePointer(closes + index * bars) }
}
