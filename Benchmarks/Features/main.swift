import Documents
import Glibc
import Indicators
import MarketData

// Nanoseconds a bar from the bytes of a file of bars to the bytes of its features on all cores, as JSON lines: the 44 columns
// of classic44 as text (CSV) and as an array (npy), everything counted but the disk.
//
//     bench-features [bars, default 1000000] [rounds, default 3]

/// Seconds since some moment.
func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A number in 0..<1 from a linear congruential generator that any language can repeat (Knuth's MMIX).
struct Uniforms {
  private var state: UInt64 = 1

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
}

/// A file of minute bars that walk at random, with prices to a hundredth of a cent.
func file(_ count: Int) -> [UInt8] {
  var uniforms = Uniforms()
  var close = 100.0
  var text = Array("time,open,high,low,close,volume\n".utf8)
  for index in 0..<count {
    let open = close
    close = open * exp(0.004 * (uniforms.next() - 0.5))
    let high = max(open, close) * (1 + 0.001 * uniforms.next())
    let low = min(open, close) * (1 - 0.001 * uniforms.next())
    let volume = (1e6 * (0.5 + uniforms.next())).rounded()
    let prices = [open, high, low, close].map { JSONWriter.number(($0 * 1e4).rounded() / 1e4) }.joined(separator: ",")
    let time = Timestamp.text(milliseconds: 1_577_836_800_000 + Int64(index) * 60_000)
    text += "\(time),\(prices),\(Int(volume))\n".utf8
  }
  return text
}

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let count = arguments.first ?? 1_000_000
let rounds = arguments.dropFirst().first ?? 3
let bytes = file(count)

for name in ["csv", "npy"] {
  let fastest =
    try (0..<rounds).map { _ in
      let start = seconds()
      let table = try CSVTable(bytes, file: "bars.csv")
      let bars = try BarTable(table, BarLayout(finding: [:], in: table))
      let features = FeatureTable(FeatureSet.classic44.columns, of: bars)
      var total = 0
      let take: ([UInt8]) -> Bool = { block in
        total += block.count
        return true
      }
      if name == "csv" { features.write(take) } else { features.writeNumPy(take) }
      precondition(total > 44 * count, "Invariant: every figure is written")
      return seconds() - start
    }.min() ?? .infinity
  print(#"{"name":"classic44 as \#(name)","nanoseconds":\#(fastest * 1e9 / Double(count)),"unit":"bar"}"#)
}
