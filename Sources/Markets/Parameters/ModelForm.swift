import Documents

/// The fields of a model, of which some may be drawn per path: a `Form` that also knows the model's parameters.
package struct ModelForm<Model: Sendable>: Sendable {
  /// The fields in documents.
  package let fields: Form<Model>
  private let members: [Member]

  /// A field of whatever type.
  private struct Member: Sendable {
    let name: String
    let fills: @Sendable (PartialKeyPath<Model>) -> Bool
    let parameters: @Sendable (Model) -> [Parameter]
  }

  /// A form that makes a model from the values of its fields; `make` checks what no field can check alone.
  package init<each Value: Sendable>(
    _ fields: repeat ModelField<Model, each Value>,
    make: @escaping @Sendable (repeat each Value) throws(FormViolation) -> Model
  ) {
    var members: [Member] = []
    for field in repeat each fields {
      members.append(Member(name: field.field.name, fills: field.fills, parameters: field.parameters))
    }
    self.members = members
    self.fields = Form(repeat (each fields).field, make: make)
  }

  /// The parameters of a model in the order of the form, with their names below it.
  package func parameters(of model: Model) -> [Parameter] { members.flatMap { $0.parameters(model) } }

  /// The name of the field that fills a property.
  func name(of property: PartialKeyPath<Model>) -> String {
    guard let member = members.first(where: { $0.fills(property) }) else {
      preconditionFailure("Invariant: the form has a field for each property that is drawn")
    }
    return member.name
  }
}

extension CatalogueEntry {
  /// A model with its form; `wrap` turns it into what the catalogue holds.
  static func entry<Value>(
    _ name: String, _ form: ModelForm<Value>, _ summary: String, _ wrap: @escaping @Sendable (Value) -> Model
  ) -> CatalogueEntry {
    .entry(name, form.fields, summary, wrap)
  }
}
