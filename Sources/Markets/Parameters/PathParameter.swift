import Lanes
import Randomness

/// Where a model's parameters stand in the document and in the streams.
package struct ParameterSite: Sendable, Hashable {
  /// Prefix of the streams' names, such as `event/crash`.
  package let stream: String
  /// JSON pointer of the model, such as `/events/crash`.
  package let pointer: String

  /// The site of an asset's process.
  package static func process(of asset: String) -> ParameterSite {
    ParameterSite(stream: "asset/\(asset)/process", pointer: "/assets/\(escaped(asset))/process")
  }

  /// The site of an event.
  package static func event(_ name: String) -> ParameterSite {
    ParameterSite(stream: "event/\(name)", pointer: "/events/\(escaped(name))")
  }

  private static func escaped(_ name: String) -> String {
    name.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}

/// One parameter of a model on every path of a tile: a fixed number, or drawn once per path by inversion.
package struct PathParameter {
  /// JSON pointer of the parameter, such as `/events/crash/drop`.
  package let pointer: String
  /// What it is drawn from.
  package let draw: Draw
  /// The parameter on each path, by lane group; as long as the tile is wide.
  package private(set) var values: ContiguousArray<Lanes>
  private let key: StreamKey?

  /// A parameter by its name below a site, such as `fall/duration`.
  package init(_ name: String, _ draw: Draw, _ site: ParameterSite, _ streams: RandomStreams, groups: Int) {
    pointer = "\(site.pointer)/\(name)"
    self.draw = draw
    let fixed = draw.fixedValue
    key = fixed == nil ? streams.key("\(site.stream)/\(name)") : nil
    values = ContiguousArray(repeating: Lanes(fixed ?? 0), count: groups)
  }

  /// Whether paths differ in it.
  package var isDrawn: Bool { key != nil }

  /// Draws it for the paths of the tile; each path's number depends on the path alone.
  package mutating func draw(for paths: TilePaths) {
    guard let key else { return }
    values = paths.lanes { path in
      var stream = SparseStream(key, path: path)
      return draw.value(uniform: stream.uniform())
    }
  }
}
