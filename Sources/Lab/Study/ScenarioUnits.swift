import Documents
import MarketData
import Markets

/// The units of a scenario's numbers, looked up in the forms that read them.
enum ScenarioUnits {
  /// The fields of every model that a scenario can name, by the model's tag.
  private static let models: [String: [FieldDescription]] = {
    let catalogues = [
      TradingCalendar.catalogue.description, PriceProcesses.catalogue.description, MarketEvents.catalogue.description,
      Dependences.catalogue.description, HistoryModels.catalogue.description,
    ]
    return Dictionary(catalogues.flatMap(\.entries).map { ($0.name, $0.fields) }) { first, _ in first }
  }()

  /// The unit of the value at a pointer; nil for a text, a pure number, or a pointer that no form knows.
  static func unit(of pointer: String, in root: Node) -> String? {
    var fields = Scenario.form.fields
    var type: FieldType?
    var node: Node? = root
    var isDictionary = false
    for name in JSONPointer.components(pointer) {
      node = node?[name]
      if isDictionary {
        // A key of a dictionary is a name; the type is that of what stands behind it.
        isDictionary = false
      } else {
        guard let field = fields.first(where: { $0.name == name }) else { return nil }
        type = field.type
        fields = field.type.fields
        isDictionary = field.type.name.hasSuffix(" by name")
      }
      if !isDictionary, let model = node?["model"]?.string, let known = models[model] { fields = known }
    }
    guard let unit = type?.unit, !unit.isEmpty else { return nil }
    return unit
  }
}
