import Documents
import Foundation

extension Job {
  /// As the API tells it: every key is there, and times are in ISO 8601.
  package var json: JSONValue {
    func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    return [
      "id": .string(id), "kind": .string(order.kind.rawValue), "title": .string(order.title),
      "state": .string(state.rawValue), "priority": .integer(order.priority),
      "created": .string(Self.text(of: created)),
      "started": optional(started.map(Self.text)), "ended": optional(ended.map(Self.text)),
      "attempts": .integer(attempts), "exit": exit.map { .integer(Int($0)) } ?? .null, "message": optional(message),
      "output": optional(order.output), "documents": .array(order.documents.map { .string($0) }),
      "resumable": .bool(isResumable), "stopping": .bool(isStopping),
    ]
  }

  /// The time in ISO 8601. The format's own fractions are cut off rather than rounded, so that they are made here.
  private static func text(of time: Int64) -> String {
    let seconds = Date(timeIntervalSince1970: Double(time / 1000)).formatted(Date.ISO8601FormatStyle())
    let fraction = String("\(1000 + time % 1000)".dropFirst())
    return "\(seconds.dropLast()).\(fraction)Z"
  }
}
