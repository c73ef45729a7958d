/// A sample's size, sum and sum of squares.
struct SampleSums {
  var count = 0.0
  var sum = 0.0
  var squares = 0.0

  mutating func add(_ x: Double) {
    count += 1
    sum += x
    squares += x * x
  }

  mutating func add(_ other: SampleSums) {
    count += other.count
    sum += other.sum
    squares += other.squares
  }

  var mean: Double { sum / count }
  var standardError: Double { (max(0, squares / count - mean * mean) / count).squareRoot() }
}
