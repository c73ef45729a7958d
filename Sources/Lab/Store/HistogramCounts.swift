import Lanes
import Statistics

/// Counts on the standard bins for many slots at once; a slot is one time of one series.
///
/// Flat, so that counting is one look-up and one addition. Each slot remembers the range of bins it touched, so that
/// encoding and clearing pass over what was never touched.
struct HistogramCounts {
  static let bins = HistogramBins.standard

  private let binCount = HistogramCounts.bins.count
  private var counts: ContiguousArray<UInt32>
  /// The lowest bin touched by each slot, `bins.count` when none.
  private var lowest: ContiguousArray<UInt16>
  /// The highest bin touched by each slot.
  private var highest: ContiguousArray<UInt16>

  init(slots: Int) {
    counts = ContiguousArray(repeating: 0, count: slots * Self.bins.count)
    lowest = ContiguousArray(repeating: UInt16(Self.bins.count), count: slots)
    highest = ContiguousArray(repeating: 0, count: slots)
  }

  /// Counts a number in a slot.
  @inline(__always)
  mutating func add(_ value: Double, slot: Int, bins: borrowing HistogramBins) {
    let bin = bins.index(of: value)
    counts[slot * bins.count + bin] += 1
    touch(bin...bin, slot: slot)
  }

  /// Counts the numbers of some lanes of each group in a slot.
  ///
  /// - Parameters:
  ///   - values: `[group]`, to be multiplied by `factor` first.
  ///   - lanes: likewise: which lanes count.
  mutating func add(
    _ values: ContiguousArray<Lanes>, times factor: Double, lanes: [Range<Int>], slot: Int,
    bins: borrowing HistogramBins
  ) {
    var least = bins.count
    var most = 0
    let first = slot * bins.count
    // One question for all lanes whether the counts are somebody else's too.
    var counts = counts.mutableSpan
    for group in values.indices {
      let scaled = values[group] * factor
      for lane in lanes[group] {
        let bin = bins.index(of: scaled[lane])
        counts[first + bin] += 1
        least = min(least, bin)
        most = max(most, bin)
      }
    }
    if least <= most { touch(least...most, slot: slot) }
  }

  /// Remembers that bins of a slot were touched.
  @inline(__always)
  private mutating func touch(_ bins: ClosedRange<Int>, slot: Int) {
    if bins.lowerBound < Int(lowest[slot]) { lowest[slot] = UInt16(truncatingIfNeeded: bins.lowerBound) }
    if bins.upperBound > Int(highest[slot]) { highest[slot] = UInt16(truncatingIfNeeded: bins.upperBound) }
  }

  /// Adds all counts of a histogram to a slot.
  mutating func add(_ histogram: Histogram, slot: Int) {
    for (bin, count) in histogram.counts.enumerated() where count > 0 { add(count, bin: bin, slot: slot) }
  }

  private mutating func add(_ count: UInt32, bin: Int, slot: Int) {
    counts[slot * binCount + bin] += count
    touch(bin...bin, slot: slot)
  }

  /// A slot's counts.
  func histogram(slot: Int) -> Histogram {
    let start = slot * Self.bins.count
    return Histogram(bins: Self.bins, counts: Array(counts[start..<start + Self.bins.count]))
  }

  /// Back to nothing counted.
  mutating func clear() {
    for slot in lowest.indices where lowest[slot] <= highest[slot] {
      let start = slot * Self.bins.count
      for index in start + Int(lowest[slot])...start + Int(highest[slot]) { counts[index] = 0 }
      lowest[slot] = UInt16(Self.bins.count)
      highest[slot] = 0
    }
  }
}

/// Why bytes are no counts of a tile.
struct DamagedCounts: Error {}

extension HistogramCounts {
  /// The counts in a few bytes: LEB128 pairs of the distance from the one before (over `slot · bins + bin`, the first
  /// from −1) and the count.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lowest.count * 256)
    var previous = -1
    for slot in lowest.indices where lowest[slot] <= highest[slot] {
      let start = slot * Self.bins.count
      for index in start + Int(lowest[slot])...start + Int(highest[slot]) where counts[index] > 0 {
        LEB128.append(UInt64(index - previous), to: &bytes)
        LEB128.append(UInt64(counts[index]), to: &bytes)
        previous = index
      }
    }
    return bytes
  }

  /// Adds counts that were encoded.
  mutating func add(_ encoded: UnsafeRawBufferPointer) throws(DamagedCounts) {
    var index = -1
    var numbers = LEB128.Reader(encoded)
    let binCount = Self.bins.count
    while let distance = numbers.next() {
      guard let count = numbers.next(), distance > 0, distance <= UInt64(counts.count - 1 - index),
        count <= UInt64(UInt32.max)
      else { throw DamagedCounts() }
      index += Int(distance)
      let (slot, bin) = index.quotientAndRemainder(dividingBy: binCount)
      add(UInt32(count), bin: bin, slot: slot)
    }
  }
}
