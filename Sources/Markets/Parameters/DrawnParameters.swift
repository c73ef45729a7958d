import Documents
import Lanes
import Randomness

/// The parameters of a model on the paths of a tile, by the model's own properties: `drawn.fall.duration` is the duration
/// of the fall on every path, by lane group.
///
/// A property is looked up by its key path: for `reset`, not for every step.
@dynamicMemberLookup
package struct DrawnParameters<Model: Parametric> {
  /// All of them, in the order of the form.
  package private(set) var all: [PathParameter]
  private let model: Model
  /// Where the model stands in the one that `all` belongs to: empty, or a name that ends in a slash.
  private let prefix: String

  /// The parameters of a model, which stands at a site.
  init(_ model: Model, _ site: ParameterSite, _ streams: RandomStreams, groups: Int) {
    let all = Model.form.parameters(of: model).map { PathParameter($0, site, streams, groups: groups) }
    self.init(all, model, "")
  }

  private init(_ all: [PathParameter], _ model: Model, _ prefix: String) {
    self.all = all
    self.model = model
    self.prefix = prefix
  }

  private init<Whole: Parametric>(part model: Model, _ name: String, of whole: DrawnParameters<Whole>) {
    self.init(whole.all, model, "\(whole.prefix)\(name)/")
  }

  /// Draws them for the paths of the tile.
  package mutating func draw(for paths: TilePaths) {
    for index in all.indices { all[index].draw(for: paths) }
  }

  /// A parameter on each path, by lane group.
  package subscript(dynamicMember property: KeyPath<Model, Draw>) -> ContiguousArray<Lanes> {
    values(named: Model.form.name(of: property))
  }

  /// A parameter that may be left out, likewise.
  package subscript(dynamicMember property: KeyPath<Model, Draw?>) -> ContiguousArray<Lanes>? {
    model[keyPath: property].map { _ in values(named: Model.form.name(of: property)) }
  }

  /// The parameter of a name below the model, on each path, by lane group.
  func values(named name: String) -> ContiguousArray<Lanes> {
    guard let parameter = all.first(where: { $0.name == prefix + name }) else {
      preconditionFailure("Invariant: every parameter of the form is there")
    }
    return parameter.values
  }

  /// The parameters of a part.
  package subscript<Part: Parametric>(dynamicMember property: KeyPath<Model, Part>) -> DrawnParameters<Part> {
    DrawnParameters<Part>(part: model[keyPath: property], Model.form.name(of: property), of: self)
  }

  /// The parameters of a part by its name.
  func part<Part: Parametric>(_ part: Part, named name: String) -> DrawnParameters<Part> {
    DrawnParameters<Part>(part: part, name, of: self)
  }

  /// The parameters of a part that may be left out.
  package subscript<Part: Parametric>(dynamicMember property: KeyPath<Model, Part?>) -> DrawnParameters<Part>? {
    model[keyPath: property].map { DrawnParameters<Part>(part: $0, Model.form.name(of: property), of: self) }
  }

  /// The parameters of parts by name.
  package subscript<Part: Parametric>(
    dynamicMember property: KeyPath<Model, Named<Part>>
  ) -> Named<DrawnParameters<Part>> {
    let name = Model.form.name(of: property)
    return Named(
      model[keyPath: property].map { part in
        (name: part.name, value: DrawnParameters<Part>(part: part.value, "\(name)/\(part.name)", of: self))
      })
  }
}
