import Statistics
import Testing

@Suite("The nearest correlation matrix")
struct NearestCorrelationTests {
  /// The example of section 4 of Higham (2002): 0.7607 and 0.1573 at a distance of 0.5278; more digits by numpy's `eigh` in the
  /// same algorithm.
  @Test("is Higham's for his example")
  func higham() {
    let nearest = NearestCorrelation([[1, 1, 0], [1, 1, 1], [0, 1, 1]])
    for (i, j, value) in [(0, 1, 0.7606899), (0, 2, 0.1572981), (1, 2, 0.7606899)] {
      #expect(abs(nearest.matrix[i][j] - value) < 1e-7 && nearest.matrix[j][i] == nearest.matrix[i][j])
    }
    #expect(abs(nearest.distance - 0.5277905) < 1e-7)
    #expect((0..<3).allSatisfy { nearest.matrix[$0][$0] == 1 })
  }

  @Test("of a matrix that is one is itself")
  func itself() {
    let given = [[1, 0.5, -0.2], [0.5, 1, 0.3], [-0.2, 0.3, 1]]
    let nearest = NearestCorrelation(given)
    #expect(nearest.distance < 1e-9)
    for i in 0..<3 { for j in 0..<3 { #expect(abs(nearest.matrix[i][j] - given[i][j]) < 1e-9) } }
  }

  /// Equicorrelation at ρ < −1/(d − 1) has its nearest at −1/(d − 1), by symmetry.
  @Test("of assets that all oppose each other is the most that they can", arguments: [3, 4, 8])
  func opposed(size: Int) {
    let given = (0..<size).map { i in (0..<size).map { i == $0 ? 1.0 : -0.9 } }
    let nearest = NearestCorrelation(given)
    let most = -1 / Double(size - 1)
    for i in 0..<size { for j in 0..<size where i != j { #expect(abs(nearest.matrix[i][j] - most) < 1e-8) } }
    #expect(abs(nearest.distance - (most + 0.9) * Double(size * (size - 1)).squareRoot()) < 1e-7)
  }
}
