import Lanes
import Randomness

/// One parameter of a model on every path of a tile: a fixed number, or drawn once per path by inversion.
package struct PathParameter {
  /// Its name below the model, such as `fall/duration`.
  package let name: String
  /// JSON pointer of the parameter, such as `/events/crash/drop`.
  package let pointer: String
  /// What it counts, in words; empty for a pure number and for a duration, which is in seconds.
  package let unit: String
  /// Whether it is a duration.
  package let isDuration: Bool
  /// The parameter on each path, by lane group; as long as the tile is wide.
  package private(set) var values: ContiguousArray<Lanes>
  private let draw: Draw
  private let key: StreamKey?

  /// A parameter of a model at a site.
  init(_ parameter: Parameter, _ site: ParameterSite, _ streams: RandomStreams, groups: Int) {
    name = parameter.name
    pointer = site.pointer(of: parameter)
    unit = parameter.unit
    isDuration = parameter.isDuration
    draw = parameter.draw
    let fixed = draw.fixedValue
    key = fixed == nil ? streams.key(site.streamName(of: parameter)) : nil
    values = ContiguousArray(repeating: Lanes(fixed ?? 0), count: groups)
  }

  /// Whether paths differ in it.
  var isDrawn: Bool { key != nil }

  /// Draws it for the paths of the tile; each path's number depends on the path alone.
  package mutating func draw(for paths: TilePaths) {
    guard let key else { return }
    values = paths.lanes { path in
      var stream = SparseStream(key, path: path)
      return draw.value(uniform: stream.uniform())
    }
  }
}
