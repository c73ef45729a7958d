import Lanes
import Randomness

/// When jumps come on the paths of a tile, and which of them are due: the times of a Poisson process on the clock of variance.
///
/// The n-th jump's time is a function of the path and n, with n counted from t = 0, backwards in the warm-up: a longer
/// warm-up moves no jump.
struct JumpClock {
  /// A jump to come: when, in years of variance after t = 0, and its index n.
  private struct Jump {
    var time: Double
    var index: Int32
  }

  private let key: StreamKey
  private let warmupYears: Double
  private var rate: ContiguousArray<Lanes>
  /// When the warm-up's jumps come, and the first of them on each path.
  private var backwardTimes: BackwardJumpTimes
  private var firstJumps: ContiguousArray<Jump>
  private var paths: TilePaths
  /// The next jump of each path, by lane group: its time, in lanes for the comparison of every step.
  private var nextTimes: ContiguousArray<Lanes>
  private var nextJumps: ContiguousArray<Jump>

  /// A clock whose waiting times come from a stream.
  ///
  /// - Parameter mostPerYear: the highest rate of any path.
  init(_ key: StreamKey, _ site: ProcessSite, mostPerYear: Double) {
    self.key = key
    warmupYears = site.warmupYears
    backwardTimes = BackwardJumpTimes(paths: site.groups * Lanes.count, expected: mostPerYear * site.warmupYears)
    paths = TilePaths(firstPath: 0, groups: site.groups)
    rate = ContiguousArray(repeating: .zero, count: site.groups)
    nextTimes = rate
    nextJumps = ContiguousArray(repeating: Jump(time: 0, index: 0), count: site.groups * Lanes.count)
    firstJumps = nextJumps
  }

  /// Starts new paths at their first warm-up step.
  ///
  /// - Parameter rate: mean number of jumps, 1/year, by lane group.
  mutating func reset(_ paths: TilePaths, rate: ContiguousArray<Lanes>) {
    self.paths = paths
    self.rate = rate
    for group in 0..<paths.groups {
      for lane in 0..<Lanes.count { firstJumps[group * Lanes.count + lane] = firstJump(group, lane) }
    }
    restart()
  }

  /// Starts the same paths again there.
  mutating func restart() {
    for group in 0..<paths.groups {
      for lane in 0..<Lanes.count { setNext(firstJumps[group * Lanes.count + lane], group, lane) }
    }
  }

  /// Adds each path's jumps before a time to its gap; they lie behind then.
  ///
  /// - Parameter end: years of variance after t = 0.
  mutating func land(before end: Double, _ sizes: some JumpSizes, on moves: inout ContiguousArray<LogMove>) {
    for group in 0..<paths.groups {
      let due = nextTimes[group] .< end
      if due.isNone { continue }
      for lane in 0..<Lanes.count where due[lane] {
        moves[group].gap[lane] += sum(before: end, sizes, group, lane)
      }
    }
  }

  private mutating func sum(before end: Double, _ sizes: some JumpSizes, _ group: Int, _ lane: Int) -> Double {
    var jump = nextJumps[group * Lanes.count + lane]
    var sum = 0.0
    while jump.time < end {
      sum += sizes.size(jump.index, path: paths.path(group, lane), group, lane)
      jump = jump.index < -1 ? backward(to: jump.index + 1, group, lane) : following(jump, group, lane)
    }
    setNext(jump, group, lane)
    return sum
  }

  private mutating func setNext(_ jump: Jump, _ group: Int, _ lane: Int) {
    nextJumps[group * Lanes.count + lane] = jump
    nextTimes[group][lane] = jump.time
  }

  /// The first jump of the warm-up, or the first after it.
  private mutating func firstJump(_ group: Int, _ lane: Int) -> Jump {
    let waits = waits(group, lane)
    if warmupYears > 0, waits.rate > 0,
      let earliest = backwardTimes.goBack(
        to: -warmupYears, path: group * Lanes.count + lane, interval: waits.interval)
    {
      return Jump(time: earliest.time, index: earliest.index)
    }
    return Jump(time: waits.interval(before: 0), index: 0)
  }

  /// The jump with a negative index.
  private mutating func backward(to index: Int32, _ group: Int, _ lane: Int) -> Jump {
    let waits = waits(group, lane)
    let time = backwardTimes.time(of: index, path: group * Lanes.count + lane, interval: waits.interval)
    return Jump(time: time, index: index)
  }

  /// The jump after one; index 0 counts from t = 0.
  private func following(_ jump: Jump, _ group: Int, _ lane: Int) -> Jump {
    let start = jump.index < 0 ? 0 : jump.time
    let index = jump.index + 1
    return Jump(time: start + waits(group, lane).interval(before: index), index: index)
  }

  private func waits(_ group: Int, _ lane: Int) -> Waits {
    Waits(key: key, path: paths.path(group, lane), rate: rate[group][lane])
  }

  /// The waiting times of one path.
  private struct Waits {
    let key: StreamKey
    let path: UInt64
    let rate: Double

    /// The waiting time that belongs to a jump's index, in years of variance; +∞ when there are no jumps.
    func interval(before index: Int32) -> Double {
      guard rate > 0 else { return .infinity }
      var stream = SparseStream(key, path: path, lastWord: index)
      return -log(Lanes(stream.uniform()))[0] / rate
    }
  }
}
