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
      return probe.targets(moved)
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

  /// The target weights of an asset in the states themselves.
  func weights(_ asset: Int) -> [Double] {
    let weights = probe.targets(lanes)
    return rows.indices.map { index in
      let (group, lane) = index.quotientAndRemainder(dividingBy: Lanes.count)
      return weights[group * probe.assets + asset][lane]
    }
  }
}
