import Glibc
import Indicators
import Lanes
import MarketData

// Nanoseconds of processor time a bar for each indicator with its default parameters, as JSON lines: over a recorded
// series of 100,000 bars (one lane), and a series' share of a tile of 64 simulated ones (lanes; 12,500 steps). Figures
// go with the times, so that a peer's can be compared: sums of magnitudes and last figures over the recorded series, by
// output column.
//
//     bench-indicators [rounds, default 15] [names, such as SMA,RSI]

/// Processor time of this process, in seconds.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
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

/// A random walk of bars.
func walk(_ uniforms: inout Uniforms, count: Int) -> BarSeries {
  var series = BarSeries()
  var close = 100.0
  for index in 0..<count {
    let open = close
    close = open * (1 + 0.02 * (uniforms.next() - 0.5))
    let high = max(open, close) * (1 + 0.005 * uniforms.next())
    let low = min(open, close) * (1 - 0.005 * uniforms.next())
    let volume = (1e6 * (0.5 + uniforms.next())).rounded()
    series.append(
      Bar(time: Int64(index) * 60_000, open: open, high: high, low: low, close: close, volume: volume))
  }
  return series
}

let arguments = Array(CommandLine.arguments.dropFirst())
let count = 100_000
let rounds = arguments.first.flatMap(Int.init) ?? 15
let names = arguments.dropFirst().first.map { $0.split(separator: ",").map(String.init) }
// A tile as in a run: 64 series, whose bars were made just before: they are in the first-level cache.
let groups = 8
let steps = 8
var uniforms = Uniforms()
let recorded = walk(&uniforms, count: count)
let series = (0..<(groups * Lanes.count)).map { _ in walk(&uniforms, count: steps) }
// On cache lines: a vector that straddles two costs twice.
let lanes = UnsafeMutableRawPointer.allocate(
  byteCount: steps * groups * MemoryLayout<LaneBar>.stride, alignment: 64
).bindMemory(to: LaneBar.self, capacity: steps * groups)
for index in 0..<(steps * groups) {
  let (step, first) = (index / groups, index % groups * Lanes.count)
  let bar = LaneBar(
    open: Lanes { series[first + $0].open[step] }, high: Lanes { series[first + $0].high[step] },
    low: Lanes { series[first + $0].low[step] }, close: Lanes { series[first + $0].close[step] },
    volume: Lanes { series[first + $0].volume[step] })
  (lanes + index).initialize(to: bar)
}
let figures = UnsafeMutableRawPointer.allocate(
  byteCount: 3 * groups * MemoryLayout<Lanes>.stride, alignment: 64
).bindMemory(to: Lanes.self, capacity: 3 * groups)
figures.initialize(repeating: .zero, count: 3 * groups)

/// The seconds of the fastest round, after one that warms up.
func fastest(_ measure: () -> Double) -> Double {
  _ = measure()
  return (0..<rounds).map { _ in measure() }.min() ?? .infinity
}

for entry in IndicatorCatalogue.entries where names.map({ $0.contains(entry.name) }) ?? true {
  let call = try IndicatorCall(entry)
  var columns: [[Double]] = []
  let one = fastest {
    let start = processorTime()
    columns = call.run(recorded)
    return processorTime() - start
  }
  let tile = call.makeTile(groups: groups)
  let many = fastest {
    tile.reset()
    let start = processorTime()
    var out = UnsafeMutableBufferPointer(start: figures, count: tile.outputs * groups).mutableSpan
    let bars = UnsafeBufferPointer(start: lanes, count: steps * groups).span
    var step = 0
    for _ in 0..<(count / groups) {
      tile.step(bars.extracting((step * groups)..<((step + 1) * groups)), &out)
      step = step + 1 == steps ? 0 : step + 1
    }
    return processorTime() - start
  }
  let (each, lane) = (one * 1e9 / Double(count), many * 1e9 / Double(count * Lanes.count))
  let sums = columns.map { column in column.reduce(0) { $1.isNaN ? $0 : $0 + abs($1) } }
  let last = columns.map { $0[count - 1] }
  print(#"{"name":"\#(entry.name)","oneLane":\#(each),"lanes":\#(lane),"sums":\#(sums),"last":\#(last)}"#)
}
