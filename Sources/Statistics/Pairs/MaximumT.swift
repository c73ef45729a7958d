import Randomness

/// How confident each interval of a family has to be so that all of them hold at once: by the law of the largest of their
/// t-statistics, max |t|, which knows how the differences hang together.
///
/// Each statistic t = √n·(mean − truth)/s of a sample of paths is normal, and all of them together have the samples' correlations:
/// that is the law, given the paths, of the bootstrap with Gaussian multipliers, and so it is drawn without going through the
/// paths. The critical value is the quantile of max |t|; never more than Bonferroni's, which holds whatever they hang together
/// by, and that alone for families of more than `largestFamily`. Sources: Westfall & Young (1993), Resampling-Based
/// Multiple Testing, 2.6; Chernozhukov, Chetverikov & Kato (2013), Annals of Statistics 41(6), section 3.
package struct MaximumT: Sendable, Hashable {
  /// The confidence of each single interval, at least the family's.
  package let single: Double

  /// The most differences whose largest statistic is drawn.
  package static let largestFamily = 200
  private static let draws = (least: 10_000, most: 100_000, work: 200_000_000)

  /// The law of the largest of some differences.
  ///
  /// - Parameters:
  ///   - differences: of each member of the family, path by path on the same paths; one that never varies has no
  ///     statistic.
  ///   - confidence: that all of them hold at once, in (0, 1).
  ///   - key: of the stream that the law is drawn from.
  package init(_ differences: [[Double]], confidence: Double, key: StreamKey) {
    let count = differences.count
    let bonferroni = 1 - (1 - confidence) / Double(max(count, 1))
    let centred = differences.compactMap(Self.standardised)
    guard count > 1, count <= Self.largestFamily else {
      single = bonferroni
      return
    }
    guard centred.count > 1 else {
      single = confidence
      return
    }
    // Differences that are multiples of each other are allowed.
    let root = SymmetricEigensystem(Self.correlations(centred)).root
    let size = centred.count
    let draws = min(max(Self.draws.work / (size * size), Self.draws.least), Self.draws.most)
    var random = SplitMix64(seed: UInt64(key.k1) << 32 | UInt64(key.k0))
    var largest: [Double] = []
    largest.reserveCapacity(draws)
    var normals = [Double](repeating: 0, count: size)
    for _ in 0..<draws {
      for index in normals.indices {
        normals[index] = NormalLaw.quantile((Double(random.next() >> 11) + 0.5) * 0x1p-53)
      }
      var most = 0.0
      for row in root {
        var statistic = 0.0
        for index in normals.indices { statistic += row[index] * normals[index] }
        most = max(most, abs(statistic))
      }
      largest.append(most)
    }
    largest.sort()
    let place = min(draws - 1, Int((confidence * Double(draws)).rounded(.up)) - 1)
    single = min(bonferroni, max(confidence, 1 - 2 * NormalLaw.cumulative(-largest[max(place, 0)])))
  }

  /// A sample less its mean, in units of the root of its sum of squares; nil where it never varies, but for the rounding of its
  /// mean.
  private static func standardised(_ sample: [Double]) -> [Double]? {
    let count = Double(max(sample.count, 1))
    let mean = sample.reduce(0, +) / count
    let centred = sample.map { $0 - mean }
    let length = centred.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 1e-12 * abs(mean) * count.squareRoot() && length.isFinite ? centred.map { $0 / length } : nil
  }

  private static func correlations(_ samples: [[Double]]) -> [[Double]] {
    var matrix = samples.map { _ in [Double](repeating: 1, count: samples.count) }
    for one in samples.indices {
      for other in 0..<one {
        var sum = 0.0
        for path in samples[one].indices { sum += samples[one][path] * samples[other][path] }
        (matrix[one][other], matrix[other][one]) = (sum, sum)
      }
    }
    return matrix
  }
}
