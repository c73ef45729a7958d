import Foundation

extension Job: Encodable {
  private enum Key: String, CodingKey {
    case id, kind, title, state, priority, created, started, ended, attempts, exit, message, output, documents
    case resumable, stopping
  }

  /// As the API tells it: every key is there, and times are in ISO 8601.
  package func encode(to encoder: any Encoder) throws {
    var json = encoder.container(keyedBy: Key.self)
    try json.encode(id, forKey: .id)
    try json.encode(order.kind, forKey: .kind)
    try json.encode(order.title, forKey: .title)
    try json.encode(state, forKey: .state)
    try json.encode(order.priority, forKey: .priority)
    try json.encode(Self.text(of: created), forKey: .created)
    try json.encode(started.map(Self.text), forKey: .started)
    try json.encode(ended.map(Self.text), forKey: .ended)
    try json.encode(attempts, forKey: .attempts)
    try json.encode(exit, forKey: .exit)
    try json.encode(message, forKey: .message)
    try json.encode(order.output, forKey: .output)
    try json.encode(order.documents, forKey: .documents)
    try json.encode(isResumable, forKey: .resumable)
    try json.encode(isStopping, forKey: .stopping)
  }

  private static func text(of time: Int64) -> String {
    Date(timeIntervalSince1970: Double(time) / 1000)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
