import Documents
import Statistics

/// Why no assets can have some correlations together, in a sentence: the three whose correlations exclude each other, or
/// the pair that pulls the matrix's smallest eigenvalue furthest down.
struct CorrelationComplaint {
  /// The sentence.
  let text: String

  /// Complains of a matrix that is not positive semi-definite; nil of one that is.
  ///
  /// - Parameter names: the assets of its rows.
  init?(_ matrix: [[Double]], of names: [String]) {
    guard CholeskyFactor(matrix) == nil else { return nil }
    let eigen = SymmetricEigensystem(matrix).smallest
    let value = "the smallest eigenvalue of their matrix is \(significant(eigen.value)), and none may be under 0"
    let reason = Self.triple(matrix, names) ?? Self.pair(matrix, names, eigen.vector)
    text = "no assets can have these correlations together: \(reason); \(value)"
  }

  /// The three assets that exclude each other most: the third correlation lies furthest outside what the others leave.
  ///
  /// Given ρ₁₂ and ρ₁₃, ρ₂₃ lies in ρ₁₂ρ₁₃ ± √((1 − ρ₁₂²)(1 − ρ₁₃²)).
  private static func triple(_ matrix: [[Double]], _ names: [String]) -> String? {
    var worst: (excess: Double, text: String)?
    for a in names.indices {
      for b in names.indices where b != a {
        for c in names.indices where c > b && c != a {
          let centre = matrix[a][b] * matrix[a][c]
          let reach = ((1 - matrix[a][b] * matrix[a][b]) * (1 - matrix[a][c] * matrix[a][c])).squareRoot()
          let excess = abs(matrix[b][c] - centre) - reach
          guard excess > max(worst?.excess ?? 0, 1e-9) else { continue }
          let given = [(a, b), (a, c)].map { pair($0, $1, names) + " of \(number(matrix[$0][$1]))" }
          let range = "\(significant(centre - reach))…\(significant(centre + reach))"
          let found = "\(pair(b, c, names)) is \(number(matrix[b][c]))"
          worst = (excess, "\(given[0]) and \(given[1]) leave \(pair(b, c, names)) in \(range), and \(found)")
        }
      }
    }
    return worst?.text
  }

  /// The pair with the largest part in the smallest eigenvalue v′Rv.
  private static func pair(_ matrix: [[Double]], _ names: [String], _ vector: [Double]) -> String {
    var worst: (part: Double, text: String) = (0, "")
    for a in names.indices {
      for b in names.indices where b > a {
        let part = vector[a] * vector[b] * matrix[a][b]
        if part < worst.part { worst = (part, "\(pair(a, b, names)) of \(number(matrix[a][b]))") }
      }
    }
    return "\(worst.text) is the furthest from what the others leave it"
  }

  private static func pair(_ a: Int, _ b: Int, _ names: [String]) -> String {
    "\(min(names[a], names[b]))/\(max(names[a], names[b]))"
  }

  private static func number(_ x: Double) -> String { JSONWriter.number(x) }
}

/// A number with three significant digits, for a message.
private func significant(_ x: Double) -> String {
  guard x != 0 else { return "0" }
  var scale = 1000.0
  while abs(x) * scale < 100 { scale *= 10 }
  return JSONWriter.number((x * scale).rounded() / scale)
}
