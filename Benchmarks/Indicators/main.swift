import Glibc
import Indicators
import Lanes
import MarketData

// Nanoseconds of processor time a bar for each indicator, as JSON lines: over a recorded series of 100,000 bars (one
// lane), and a series' share of eight such series side by side (lanes). Figures go with the times, so that a peer's
// can be compared: sums over the whole series and the last figures, by output column.
//
//     bench-indicators BARS.csv [--columns NAME,…] [--rounds 7]

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
let rounds = arguments.count > 1 ? Int(arguments[1]) ?? 7 : 7
let names = arguments.first.map { $0.split(separator: ",").map(String.init) }
var uniforms = Uniforms()
let all = (0..<Lanes.count).map { _ in walk(&uniforms, count: count) }
let lanes: [LaneBar] = (0..<count).map { index in
  LaneBar(
    open: Lanes { all[$0].open[index] }, high: Lanes { all[$0].high[index] }, low: Lanes { all[$0].low[index] },
    close: Lanes { all[$0].close[index] }, volume: Lanes { all[$0].volume[index] })
}

/// The median of the rounds' seconds.
func median(_ seconds: [Double]) -> Double { seconds.sorted()[seconds.count / 2] }

for entry in IndicatorCatalogue.entries where names.map({ $0.contains(entry.name) }) ?? true {
  let call = try IndicatorCall(entry)
  var one: [Double] = []
  var many: [Double] = []
  var columns: [[Double]] = []
  let tile = call.makeTile(groups: 1)
  var figures = [Lanes](repeating: .zero, count: tile.outputs)
  for _ in 0..<rounds {
    columns = []
    var start = processorTime()
    columns = call.run(all[0])
    one.append(processorTime() - start)
    tile.reset()
    start = processorTime()
    var out = figures.mutableSpan
    let bars = lanes.span
    for index in 0..<count { tile.step(bars.extracting(index..<(index + 1)), &out) }
    many.append(processorTime() - start)
  }
  let scale = 1e9 / Double(count)
  let (each, lane) = (median(one) * scale, median(many) * scale / Double(Lanes.count))
  let sums = columns.map { column in column.reduce(0) { $1.isNaN ? $0 : $0 + $1 } }
  print(
    #"{"name":"\#(entry.name)","oneLane":\#(each),"lanes":\#(lane),"sums":\#(sums),"last":\#(columns.map { $0[count - 1] })}"#
  )
}
