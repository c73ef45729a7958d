import Documents

/// Where a model stands in the document and in the streams, and so its parameters.
package struct ParameterSite: Sendable, Hashable {
  /// Prefix of the streams' names, such as `event/crash`.
  private let stream: String
  /// JSON pointer of the model, such as `/events/crash`.
  private let pointer: String

  /// The site of an asset's process.
  static func process(of asset: String) -> ParameterSite {
    ParameterSite(
      stream: StreamName.ofAsset(asset, "process"), pointer: "/assets/\(JSONPointer.escape(asset))/process")
  }

  /// The site of an event, or of a part of it: names with slashes between them, such as `alternatives/up`.
  static func event(_ name: String, part: String = "") -> ParameterSite {
    let pointer = ([name] + part.split(separator: "/").map(String.init)).map(JSONPointer.escape)
    return ParameterSite(
      stream: part.isEmpty ? "event/\(name)" : "event/\(name)/\(part)",
      pointer: "/events/" + pointer.joined(separator: "/"))
  }

  /// The stream that a parameter is drawn from.
  func streamName(of parameter: Parameter) -> String { "\(stream)/\(parameter.name)" }

  /// The JSON pointer of a parameter. The names of its parts have no slashes, so that those in it are the pointer's.
  func pointer(of parameter: Parameter) -> String {
    let name = parameter.name.split(separator: "/").map { JSONPointer.escape(String($0)) }.joined(separator: "/")
    return "\(pointer)/\(name)"
  }

  /// The streams of all parameters of a model here.
  func streamNames(of model: any MarketModel) -> [String] { model.parameters.map(streamName) }
}
