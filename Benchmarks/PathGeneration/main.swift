import Glibc
import Lanes
import Markets
import Randomness

// Our side of the path benchmarks: the workload of `workloads.py` on one thread, the closes of every path written to
// memory, as JSON lines like those of `peers.py`; then the speed of the kernels by themselves.
//
//     bench-paths [level]      level: says which processor level this build is for, and no more

/// Processor time of this process, in seconds.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Median processor time of some repetitions, in nanoseconds for each of `count` units.
func nanoseconds(per count: Int, repetitions: Int = 5, _ work: () -> Void) -> Double {
  let times = (0..<repetitions).map { _ in
    let start = processorTime()
    work()
    return processorTime() - start
  }
  return times.sorted()[repetitions / 2] / Double(count) * 1e9
}

func printTime(_ name: String, _ nanoseconds: Double, _ unit: String) {
  print(#"{"name":"\#(name)","nanoseconds":\#((nanoseconds * 1000).rounded() / 1000),"unit":"\#(unit)"}"#)
}

func printGate(_ name: String, _ table: borrowing PriceTable) {
  let moments = table.logReturnMoments(start: Workload.start)
  print(
    #"{"gate":"\#(name)","by":"ours \#(name)","logMean":\#(moments.mean),"#
      + #""logVariance":\#(moments.variance),"paths":\#(table.groups * Lanes.count)}"#)
}

if CommandLine.arguments.dropFirst().first == "level" {
  print(#"{"cpuLevel":"\#(CPULevel.current.rawValue)"}"#)
  exit(0)
}

let streams = RandomStreams(seed: 1, namespace: .report)
let diffusion = Diffusion(
  key: streams.key("asset/A/diffusion"), start: Workload.start,
  logDriftPerStep: Workload.logDrift * Workload.dt,
  deviationPerStep: Workload.volatility * Workload.dt.squareRoot())
let jumpDiffusion = JumpDiffusion(
  diffusion: diffusion, jumpKey: streams.key("asset/A/jumps"), jumpsPerStep: Workload.jumpsPerYear * Workload.dt,
  meanJump: Workload.meanJump, jumpVolatility: Workload.jumpVolatility)

let groups = Workload.paths / Lanes.count
let table = PriceTable(groups: groups, steps: Workload.steps)
let pathSteps = Workload.paths * Workload.steps

let normals = LaneBuffer(repeating: .zero, count: Diffusion.stride)

let gbm = nanoseconds(per: pathSteps) {
  for group in 0..<groups { diffusion.write(group, of: table, normals) }
}
printTime("gbm", gbm, "path-step")
printGate("gbm", table)

let jumpCount = (Workload.steps + 1) * Lanes.count
let jumps = UnsafeMutableRawPointer.allocate(byteCount: jumpCount * 8, alignment: 64)
  .initializeMemory(as: Double.self, repeating: 1, count: jumpCount)
let merton = nanoseconds(per: pathSteps) {
  for group in 0..<groups { jumpDiffusion.write(group, of: table, normals, jumps) }
}
jumps.deallocate()
printTime("merton", merton, "path-step")
printGate("merton", table)

let stochasticVolatility = StochasticVolatility(
  priceKey: streams.key("asset/A/diffusion"), varianceKey: streams.key("asset/A/variance"), start: Workload.start,
  variance: Workload.variance,
  law: QuadraticExponential(
    mean: Lanes(Workload.variance), reversion: Lanes(Workload.reversion),
    volatility: Lanes(Workload.volatilityOfVariance), correlation: Lanes(Workload.correlation), years: Workload.dt))
let varianceNormals = LaneBuffer(repeating: .zero, count: Diffusion.stride)
let heston = nanoseconds(per: pathSteps) {
  for group in 0..<groups { stochasticVolatility.write(group, of: table, normals, varianceNormals) }
}
printTime("heston", heston, "path-step")
printGate("heston", table)

let clusteredVolatility = ClusteredVolatility(
  normalKey: streams.key("asset/A/diffusion"), mixingKey: streams.key("asset/A/mixing"), start: Workload.start,
  constant: Workload.garch.constant, news: Workload.garch.news, memory: Workload.garch.memory,
  variance: Workload.garch.variance, mixing: StudentMixing(degrees: Workload.garch.degrees))
let garch = nanoseconds(per: pathSteps) {
  for group in 0..<groups { clusteredVolatility.write(group, of: table, normals, varianceNormals) }
}
printTime("garch", garch, "path-step")
printGate("garch", table)

let correlatedDiffusion = CorrelatedDiffusion(
  keys: ["A", "B", "C", "D"].map { streams.key("asset/\($0)/diffusion") }, start: Workload.start,
  logDriftPerStep: Workload.logDrift * Workload.dt,
  factor: Workload.factor.map { $0 * Workload.volatility * Workload.dt.squareRoot() })
let four = PriceTable(groups: Workload.correlatedGroups, steps: 4 * Workload.steps)
let fourNormals = LaneBuffer(repeating: .zero, count: 4 * Diffusion.stride)
let correlated = nanoseconds(per: Workload.correlatedGroups * Lanes.count * 4 * Workload.steps) {
  for group in 0..<Workload.correlatedGroups { correlatedDiffusion.write(group, of: four, fourNormals) }
}
printTime("correlated", correlated, "asset-step")
printGate("correlated", four)

Kernels.report(streams.key("kernels"))
