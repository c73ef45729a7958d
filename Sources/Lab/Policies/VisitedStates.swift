import Agents
import Lanes
import Statistics

/// Some of the states that an agent visited, as inputs of its network, and what it would do in their like.
struct VisitedStates {
  /// `[state][input]`; all numbers are finite.
  let rows: [[Double]]
  private let probe: PolicyProbe
  /// The rows in lanes, `[group · inputs + input]`; the last row stands in the lanes that are left.
  private let lanes: [Lanes]

  init(_ rows: [[Double]], _ probe: PolicyProbe) {
    self.rows = rows.filter { $0.allSatisfy(\.isFinite) }
    self.probe = probe
    lanes = Self.lanes(self.rows, inputs: probe.inputs)
  }

  private static func lanes(_ rows: [[Double]], inputs: Int) -> [Lanes] {
    var lanes = Array(repeating: Lanes.zero, count: (rows.count + Lanes.count - 1) / Lanes.count * inputs)
    guard !rows.isEmpty else { return lanes }
    for index in 0..<lanes.count / max(inputs, 1) * Lanes.count {
      let (group, lane) = index.quotientAndRemainder(dividingBy: Lanes.count)
      let row = rows[min(index, rows.count - 1)]
      for input in 0..<inputs { lanes[group * inputs + input][lane] = row[input] }
    }
    return lanes
  }

  /// All numbers of an input.
  func column(_ input: Int) -> [Double] { rows.map { $0[input] } }

  /// Standard deviation of an input over the states.
  func deviation(_ input: Int) -> Double { (Moments(column(input)).variance ?? 0).squareRoot() }

  /// The median of each input.
  var medians: [Double] {
    (0..<probe.inputs).map { SortedSample(column($0)).quantile(0.5).value ?? 0 }
  }

  /// By asset: the mean absolute change of the target weight as an input goes from half a `reach` under what it is to half
  /// of one over it.
  func effects(of input: Int, reach: Double) -> [Double] {
    let sides = [-0.5, 0.5].map { side -> [Lanes] in
      var moved = lanes
      for index in stride(from: input, to: moved.count, by: probe.inputs) { moved[index] += Lanes(side * reach) }
      return probe.weights(moved)
    }
    return (0..<probe.assets).map { asset in
      var sum = 0.0
      for index in rows.indices {
        let (group, lane) = index.quotientAndRemainder(dividingBy: Lanes.count)
        let place = group * probe.assets + asset
        sum += abs(sides[1][place][lane] - sides[0][place][lane])
      }
      return rows.isEmpty ? 0 : sum / Double(rows.count)
    }
  }
}

extension BehaviourMap {
  /// Cells of a map in each direction.
  static let cells = 21
  /// States that a map shows, at most.
  private static let mostVisited = 120
  /// Assets that have a map, at most.
  static let mostAssets = 3

  /// The map of one asset; nil where its target depends on fewer than two inputs.
  ///
  /// - Parameters:
  ///   - effects: of each input on the asset's target.
  ///   - all: the states of all phases, whose 1st and 99th percentiles are the map's ends.
  init?(
    asset: Int, _ record: PolicyRecord, effects: [Double], all: VisitedStates,
    phases: [(phase: PolicyPhase, states: VisitedStates)], _ probe: PolicyProbe
  ) {
    let main = effects.indices.filter { effects[$0] > 0 }.sorted { (-effects[$0], $0) < (-effects[$1], $1) }.prefix(2)
    guard main.count == 2, let first = main.first, let second = main.last else { return nil }
    self.asset = record.assets[asset]
    (x, y) = (record.inputs[first], record.inputs[second])
    let (xs, ys) = (Self.middles(all.column(first)), Self.middles(all.column(second)))
    (self.xs, self.ys) = (xs, ys)
    self.phases = phases.filter { !$0.states.rows.isEmpty }.map { phase, states in
      let medians = states.medians
      let grid = ys.flatMap { y in
        xs.map { x in
          var row = medians
          (row[first], row[second]) = (x, y)
          return row
        }
      }
      let weights = VisitedStates(grid, probe).weights(asset)
      return Phase(
        phase: phase, weights: ys.indices.map { Array(weights[$0 * xs.count..<($0 + 1) * xs.count]) },
        medians: medians,
        visited: Self.spread(states.rows.count, most: Self.mostVisited).map {
          [states.rows[$0][first], states.rows[$0][second]]
        }, states: states.rows.count)
    }
  }

  /// The middles of the cells between the percentiles of a sample that is not all one number.
  private static func middles(_ values: [Double]) -> [Double] {
    let sample = SortedSample(values)
    var low = sample.quantile(0.01).value ?? 0, high = sample.quantile(0.99).value ?? 1
    if !(low < high) { (low, high) = (sample.values.first ?? 0, sample.values.last ?? 1) }
    return (0..<cells).map { low + (Double($0) + 0.5) / Double(cells) * (high - low) }
  }

  private static func spread(_ count: Int, most: Int) -> [Int] {
    count <= most ? Array(0..<count) : (0..<most).map { (2 * $0 + 1) * count / (2 * most) }
  }
}

extension VisitedStates {
  /// The target weights of an asset in the states themselves.
  func weights(_ asset: Int) -> [Double] {
    let weights = probe.weights(lanes)
    return rows.indices.map { index in
      let (group, lane) = index.quotientAndRemainder(dividingBy: Lanes.count)
      return weights[group * probe.assets + asset][lane]
    }
  }
}
