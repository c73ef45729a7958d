import Documents
import Randomness

/// One field of a model's form, tied to the property that it fills: that is how a state finds what was drawn for it.
package struct ModelField<Model: Sendable, Value: Sendable>: Sendable {
  /// The field in documents.
  let field: Field<Value>
  /// Whether it fills a property; never where nothing behind the field may be drawn.
  let fills: @Sendable (PartialKeyPath<Model>) -> Bool
  /// The parameters behind the field, with names below the model.
  let parameters: @Sendable (Model) -> [Parameter]

  /// A field behind which nothing is drawn.
  package init(_ name: String, _ kind: FieldKind<Value>, default defaultValue: Value? = nil, _ summary: String) {
    field = Field(name, kind, default: defaultValue, summary)
    fills = { _ in false }
    parameters = { _ in [] }
  }

  /// A field whose kind says which parameters are behind it.
  init(
    _ property: KeyPath<Model, Value> & Sendable, _ name: String, _ kind: FieldKind<Value>, _ summary: String,
    parameters: @escaping @Sendable (Value) -> [Parameter]
  ) {
    self.init(property, Field(name, kind, summary)) { parameters($0[keyPath: property]) }
  }

  private init(
    _ property: PartialKeyPath<Model> & Sendable, _ field: Field<Value>,
    _ parameters: @escaping @Sendable (Model) -> [Parameter]
  ) {
    self.field = field
    fills = { $0 == property }
    self.parameters = parameters
  }
}

extension ModelField {
  /// A parameter: a number, or a distribution that is drawn once per path.
  package init(
    _ property: KeyPath<Model, Draw> & Sendable, _ name: String, _ kind: FieldKind<Draw>,
    default defaultValue: Draw? = nil, _ summary: String
  ) where Value == Draw {
    let type = kind.type
    self.init(property, Field(name, kind, default: defaultValue, summary)) { model in
      [Parameter(name: name, draw: model[keyPath: property], kind: type)]
    }
  }

  /// A parameter that may be left out.
  package init(
    _ property: KeyPath<Model, Draw?> & Sendable, _ name: String, optional kind: FieldKind<Draw>, _ summary: String
  ) where Value == Draw? {
    let type = kind.type
    self.init(property, Field(name, .optional(kind), summary)) { model in
      model[keyPath: property].map { [Parameter(name: name, draw: $0, kind: type)] } ?? []
    }
  }

  /// A part with parameters of its own.
  package init(_ property: KeyPath<Model, Value> & Sendable, _ name: String, _ summary: String)
  where Value: Parametric {
    self.init(property, Field(name, .form(Value.form.fields), summary)) { model in
      Value.form.parameters(of: model[keyPath: property]).map { $0.under(name) }
    }
  }

  /// A part that may be left out.
  package init<Part: Parametric>(_ property: KeyPath<Model, Part?> & Sendable, _ name: String, _ summary: String)
  where Value == Part? {
    self.init(property, Field(name, .optional(.form(Part.form.fields)), summary)) { model in
      model[keyPath: property].map(Part.form.parameters)?.map { $0.under(name) } ?? []
    }
  }

  /// Parts by name; none when left out.
  package init<Part: Parametric>(
    _ property: KeyPath<Model, Named<Part>> & Sendable, _ name: String, names: NameRule, _ summary: String
  ) where Value == Named<Part> {
    self.init(property, Field(name, .named(form: Part.form.fields, names: names), default: Named(), summary)) {
      Self.parameters($0[keyPath: property], name)
    }
  }

  /// Parts by name, so many of them.
  package init<Part: Parametric>(
    _ property: KeyPath<Model, Named<Part>> & Sendable, _ name: String, names: NameRule, count: ClosedRange<Int>,
    _ summary: String
  ) where Value == Named<Part> {
    self.init(property, Field(name, .named(form: Part.form.fields, names: names, count: count), summary)) {
      Self.parameters($0[keyPath: property], name)
    }
  }

  private static func parameters<Part: Parametric>(_ parts: Named<Part>, _ name: String) -> [Parameter] {
    parts.flatMap { part in Part.form.parameters(of: part.value).map { $0.under(part.name).under(name) } }
  }
}
