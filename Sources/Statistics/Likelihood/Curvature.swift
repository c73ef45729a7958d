/// Slope and curvature of a function at a point, by differences.
///
/// Central differences over about 0.03 and 0.06 of the distance in which the function rises by ½, which is a standard error where
/// it is minus a log likelihood; Richardson's extrapolation of the two leaves an error of fourth order.
/// Source: Abramowitz & Stegun (1964), 25.3.21 to 25.3.27.
package struct Curvature: Sendable {
  /// First derivatives.
  package let gradient: [Double]
  /// Second derivatives.
  package let hessian: [[Double]]
  /// Over how much each number was moved, the shorter of both.
  package let steps: [Double]

  /// Looks around a point.
  ///
  /// - Complexity: about 4p² values of the function of p numbers.
  package init(of function: ([Double]) -> Double, at point: [Double]) {
    let value = function(point)
    func at(_ moves: (Int, Double)...) -> Double {
      var moved = point
      for (index, move) in moves { moved[index] += move }
      return function(moved)
    }
    var steps = point.map { 1e-3 * max(1, abs($0)) }
    for _ in 0..<2 {
      for index in point.indices {
        let step = steps[index]
        let bend = (at((index, step)) - 2 * value + at((index, -step))) / (step * step)
        if bend > 0, bend.isFinite { steps[index] = 0.03 / bend.squareRoot() }
      }
    }
    self.steps = steps
    var gradient = steps
    var hessian = Array(repeating: Array(repeating: 0.0, count: point.count), count: point.count)
    for row in point.indices {
      let h = steps[row]
      let (near, far) = ((at((row, h)), at((row, -h))), (at((row, 2 * h)), at((row, -2 * h))))
      gradient[row] = (8 * (near.0 - near.1) - (far.0 - far.1)) / (12 * h)
      hessian[row][row] = (16 * (near.0 + near.1) - (far.0 + far.1) - 30 * value) / (12 * h * h)
      for column in 0..<row {
        let k = steps[column]
        func mixed(_ scale: Double) -> Double {
          let (a, b) = (scale * h, scale * k)
          let sum = at((row, a), (column, b)) + at((row, -a), (column, -b))
          return (sum - at((row, a), (column, -b)) - at((row, -a), (column, b))) / (4 * a * b)
        }
        hessian[row][column] = (4 * mixed(1) - mixed(2)) / 3
        hessian[column][row] = hessian[row][column]
      }
    }
    self.gradient = gradient
    self.hessian = hessian
  }
}
