import Documents
import Lanes
import Randomness

extension FlashCrash {
  /// How a crash goes from asset to asset: each takes a share of what those that it follows have moved, one lag later.
  ///
  /// With the matrix W of shares, and e for the first asset's own move, the log offsets are o(t) = W·o(t − lag) + e(t), which
  /// is Σ Wᵏe(t − k·lag): hop by hop, and (I − W)⁻¹e in the end. What comes back to an asset on the way counts. Six hops are
  /// walked at most, fewer where less than a thousandth is left; what is left then comes with the last of them, so that the
  /// whole is (I − W)⁻¹e. The spectral radius of W has to be below 1. Multipliers come with the first hop to an asset.
  package struct Network: Parametric {
    /// Most hops that are walked.
    static let mostHops = 6
    /// What is left that is not worth another hop, over the first asset's move.
    static let negligible = 1e-3
    /// The largest spectral radius: up to it the whole response is a number of some digits.
    static let largestRadius = 0.999

    /// `[asset][other]`: share of the other's log offset that the asset takes.
    package let weights: Named<Named<Double>>
    /// How long a hop takes, seconds of trading time; above 0.
    package let lag: Draw

    /// States a network.
    package init(weights: Named<Named<Double>>, lag: Draw) {
      self.weights = weights
      self.lag = lag
    }

    /// The fields in documents.
    package static let form = ModelForm<Self>(
      ModelField(
        "weights", .named(.shares, names: .of("asset"), count: 1...16),
        "by asset: the assets that it follows, with the share of their log offset that it takes"),
      ModelField(\.lag, "lag", .drawnDuration(in: .above(0)), "how long it takes from asset to asset"),
      make: { (weights, lag) throws(FormViolation) in
        let network = Network(weights: weights, lag: lag)
        let radius = network.spectralRadius
        guard radius < largestRadius else {
          throw FormViolation(
            "weights",
            "a move would come back as large as it went, or larger: the spectral radius of these weights is "
              + "\(JSONWriter.number((radius * 1e6).rounded() / 1e6)), and has to be below "
              + JSONWriter.number(largestRadius))
        }
        return network
      })

    /// The assets that follow or are followed, and one more, by name.
    private func assets(and asset: String) -> [String] {
      Set([asset] + weights.names + weights.values.flatMap(\.names)).sorted()
    }

    /// W, with rows and columns in the order of the assets.
    private func matrix(_ assets: [String]) -> [[Double]] {
      assets.map { asset in assets.map { weights[asset]?[$0] ?? 0 } }
    }

    /// The largest absolute eigenvalue, by Gelfand's formula ‖Wⁿ‖^(1/n) with n = 2³⁰, which needs no eigenvalues and takes
    /// complex ones too.
    package var spectralRadius: Double {
      var power = matrix(assets(and: weights.names[0]))
      var logNorm = 0.0
      let squarings = 30
      for squaring in 0...squarings {
        let norm = power.map { $0.reduce(0) { $0 + abs($1) } }.max() ?? 0
        guard norm > 0 else { return 0 }
        logNorm += log(Lanes(norm))[0]
        if squaring == squarings { break }
        power = Self.product(power, power).map { $0.map { $0 / (norm * norm) } }
        logNorm *= 2
      }
      return exp(Lanes(logNorm / Double(1 << squarings)))[0]
    }

    private static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
      a.map { row in b.indices.map { column in b.indices.reduce(0) { $0 + row[$1] * b[$1][column] } } }
    }

    /// The whole response (I − W)⁻¹e to a move of one asset, by name of the asset.
    package func response(to asset: String) -> [(asset: String, share: Double)] {
      let names = assets(and: asset)
      let matrix = matrix(names)
      var rows = names.indices.map { row in
        names.indices.map { (row == $0 ? 1 : 0) - matrix[row][$0] } + [names[row] == asset ? 1 : 0]
      }
      // Gauss and Jordan, with the largest pivot of each column.
      for column in names.indices {
        let pivot = names.indices[column...].max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
        rows.swapAt(column, pivot)
        rows[column] = rows[column].map { $0 / rows[column][column] }
        for row in names.indices where row != column {
          let factor = rows[row][column]
          rows[row] = zip(rows[row], rows[column]).map { $0 - factor * $1 }
        }
      }
      return zip(names, rows).map { ($0, $1[names.count]) }
    }

    /// The routes from the first asset, hop by hop.
    func routes(from asset: String) -> [Route] {
      let names = assets(and: asset)
      let matrix = matrix(names)
      var move = names.map { $0 == asset ? 1.0 : 0 }
      var rest = zip(response(to: asset), move).map { $0.share - $1 }
      var routes = [Route(asset: asset, knot: asset)]
      for hop in 1...Self.mostHops {
        move = matrix.map { zip($0, move).reduce(0) { $0 + $1.0 * $1.1 } }
        rest = zip(rest, move).map { $0 - $1 }
        let isLast = hop == Self.mostHops || rest.allSatisfy { abs($0) < Self.negligible }
        for (index, name) in names.enumerated() {
          let share = move[index] + (isLast ? rest[index] : 0)
          guard share != 0 else { continue }
          let isFirst = !routes.contains { $0.asset == name }
          routes.append(
            Route(asset: name, knot: "network/\(hop)/\(name)", hops: hop, share: share, multiplies: isFirst))
        }
        if isLast { break }
      }
      return routes
    }
  }
}

extension FieldKind where Value == Named<Double> {
  /// Shares by the name of the asset that is followed.
  fileprivate static var shares: FieldKind {
    .named(.number(.factor, in: .between(-10, 10)), names: .of("asset"), count: 1...16)
  }
}
