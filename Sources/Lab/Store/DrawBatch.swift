/// What was drawn for some paths of one scenario: path after path, a value for each of its drawn parameters.
package struct DrawBatch: Sendable {
  /// The paths, ascending.
  let paths: Range<Int64>
  /// The number of the scenario's first parameter in the store; the others follow it.
  let firstParameter: Int
  /// `[path][parameter]`, flat.
  let values: [Double]

  /// Parameters of each path.
  var parameters: Int { paths.isEmpty ? 0 : values.count / paths.count }
}
