import Glibc
import Lanes

// Nanoseconds of processor time a bar of a moving-average cross with vectorbt's accounting on one core, as JSON lines, and
// the figures of every series, which must be vectorbt's before the time counts (backtests.py).
//
//     bench-backtest FILE BARS SERIES     closes as doubles, [bar][series]

/// Processor time of this process, in seconds.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let bars = Int(arguments[2]), let series = Int(arguments[3]), bars > CrossBacktest.slow,
  series > 0, series % Lanes.count == 0, let prices = LanePrices(file: arguments[1], bars: bars, series: series)
else {
  print("usage: bench-backtest FILE BARS SERIES, with more bars than \(CrossBacktest.slow) and groups of eight series")
  exit(2)
}

/// The figures of all groups, and the seconds of the fastest repetition.
func run(_ prices: borrowing LanePrices, repetitions: Int) -> (figures: [CrossBacktest.Figures], seconds: Double) {
  var figures: [CrossBacktest.Figures] = []
  figures.reserveCapacity(prices.groups)
  var least = Double.infinity
  for _ in 0..<repetitions {
    figures.removeAll(keepingCapacity: true)
    let start = processorTime()
    for group in 0..<prices.groups { figures.append(CrossBacktest.figures(prices.group(group), bars: prices.bars)) }
    least = min(least, processorTime() - start)
  }
  return (figures, least)
}

/// A figure of every series, in their order.
func column(_ figures: [CrossBacktest.Figures], _ figure: (CrossBacktest.Figures) -> Lanes) -> [Double] {
  figures.flatMap { group in (0..<Lanes.count).map { figure(group)[$0] } }
}

let found = run(prices, repetitions: 50)
let nanoseconds = found.seconds * 1e9 / Double(bars * series)

print(#"{"name":"SMA cross, the benchmark's kernel","nanoseconds":\#(nanoseconds),"unit":"bar"}"#)
print(
  #"{"figures":"ours","finalEquity":\#(column(found.figures, \.finalEquity)),"#
    + #""sharpe":\#(column(found.figures, \.sharpe)),"#
    + #""maximumDrawdown":\#(column(found.figures, \.maximumDrawdown)),"#
    + #""firstCurve":\#(CrossBacktest.equity(prices.group(0), bars: bars, lane: 0))}"#)
