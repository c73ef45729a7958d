import Documents
import Randomness

/// How the trials of a search are spread over its space.
package enum SearchSampler: Sendable, Hashable {
  /// Every combination, the last axis running fastest.
  case grid
  /// Independent draws, alike over each axis.
  case random(trials: Int)
  /// Sobol's points with a digital shift: spread more evenly than draws.
  case quasiRandom(trials: Int)

  /// The most trials.
  static let mostTrials = 1000

  /// The samplers that a search can name.
  package static let catalogue = Catalogue<SearchSampler>(
    "samplers",
    .entry("grid", Form(make: { SearchSampler.grid }), "every combination, the last axis running fastest") { $0 },
    .entry("random", form { .random(trials: $0) }, "independent draws, alike over each axis") { $0 },
    .entry(
      "quasiRandom", form { .quasiRandom(trials: $0) },
      "Sobol's points: spread more evenly over the space than draws are"
    ) { $0 })

  private static func form(_ make: @escaping @Sendable (Int) -> SearchSampler) -> Form<SearchSampler> {
    Form(Field("trials", .integer(in: 1...mostTrials), "how many there are"), make: { make($0) })
  }

  /// Its word in documents.
  package var name: String {
    switch self {
    case .grid: "grid"
    case .random: "random"
    case .quasiRandom: "quasiRandom"
    }
  }

  /// The streams of a search: those of trainings have other names.
  private static func key(_ seed: Int, _ word: String, _ pointer: String) -> StreamKey {
    RandomStreams(seed: UInt64(seed), namespace: .train).key("tuning/\(word)\(pointer)")
  }

  /// The values of each trial, in the order of the axes; no two trials are the same.
  ///
  /// - Parameter axes: in the order of their pointers.
  /// - Throws: a grid of axes that do not say how many, or of too many points; fewer points than trials.
  func points(_ axes: Named<SearchAxis>, seed: Int) throws(FormViolation) -> [[JSONValue]] {
    switch self {
    case .grid: return try Self.grid(axes)
    case .random(let trials):
      let keys = axes.names.map { Self.key(seed, "random", $0) }
      return try Self.distinct(axes, trials) { number in
        keys.map { key in
          var stream = SparseStream(key, path: UInt64(number))
          return stream.uniform()
        }
      }
    case .quasiRandom(let trials):
      let shift = axes.names.map { name in
        var stream = SparseStream(Self.key(seed, "shift", name), path: 0)
        return UInt32(stream.uniform() * 0x1p32)
      }
      let sequence = SobolSequence(dimensions: axes.names.count, shift: shift)
      return try Self.distinct(axes, trials) { sequence.centre(UInt32($0)) }
    }
  }

  private static func grid(_ axes: Named<SearchAxis>) throws(FormViolation) -> [[JSONValue]] {
    var lists: [[JSONValue]] = []
    var violations: [FormViolation] = []
    for (name, axis) in axes {
      if let values = axis.grid {
        lists.append(values)
      } else {
        violations.append(
          FormViolation(
            "space/\(JSONPointer.escape(name))",
            #"a grid has to know how many numbers there are between both ends: say "points", or list the "values""#))
      }
    }
    guard violations.isEmpty else { throw FormViolation(violations) }
    let count = lists.reduce(1) { $0 > mostTrials ? $0 : $0 * $1.count }
    guard count <= mostTrials else {
      throw FormViolation("space", "a grid of more than \(mostTrials) combinations takes too long; take fewer, or draw")
    }
    return lists.reduce([[]]) { points, list in points.flatMap { point in list.map { point + [$0] } } }
  }

  /// The first trials of a sequence that are not like an earlier one.
  private static func distinct(
    _ axes: Named<SearchAxis>, _ trials: Int, _ place: (Int) -> [Double]
  ) throws(FormViolation) -> [[JSONValue]] {
    let counts = axes.values.map(\.count)
    if !counts.contains(nil) {
      let all = counts.compactMap(\.self).reduce(1) { $0 > mostTrials ? $0 : $0 * $1 }
      if all < trials {
        throw FormViolation(
          "sampler/trials", "\(trials) trials are asked for, and the space has \(all) combinations: a grid has them all"
        )
      }
    }
    var points: [[JSONValue]] = []
    var seen: Set<[JSONValue]> = []
    var number = 0
    // Of as many combinations as trials, the last is found late by draws; a thousand times as many fail once in 10⁴³⁰.
    while points.count < trials, number < 1000 * trials {
      let point = zip(axes.values, place(number)).map { $0.value(at: $1) }
      if seen.insert(point).inserted { points.append(point) }
      number += 1
    }
    guard points.count == trials else {
      throw FormViolation("sampler/trials", "only \(points.count) different points were found: take a grid")
    }
    return points
  }
}
