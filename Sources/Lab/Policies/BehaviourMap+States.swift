import Agents
import Statistics

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
