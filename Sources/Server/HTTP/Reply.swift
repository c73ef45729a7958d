import Digests
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What is answered to a request that is in order.
package struct Reply: Sendable {
  /// What it carries.
  package enum Body: Sendable {
    case nothing
    case json(JSONValue)
    case bytes([UInt8], type: String)
    /// Parts that come when they are there; the connection ends them.
    case stream(type: String, @Sendable (inout any ResponseBodyWriter) async throws -> Void)
  }

  /// The status.
  package var status: HTTPResponse.Status
  /// What it carries.
  package var body: Body
  /// The entity tag without its quotes; nil where the body's digest is it.
  package var tag: String?
  /// Further headers.
  package var headers: [(HTTPField.Name, String)]

  /// An answer.
  package init(
    _ body: Body, status: HTTPResponse.Status = .ok, tag: String? = nil,
    headers: [(HTTPField.Name, String)] = []
  ) {
    (self.body, self.status, self.tag, self.headers) = (body, status, tag, headers)
  }

  /// JSON.
  package static func json(
    _ value: JSONValue, status: HTTPResponse.Status = .ok, tag: String? = nil,
    headers: [(HTTPField.Name, String)] = []
  ) -> Reply { Reply(.json(value), status: status, tag: tag, headers: headers) }

  /// A page of ours.
  package static func page(_ text: String, status: HTTPResponse.Status = .ok) -> Reply {
    Reply(.bytes(Array(text.utf8), type: "text/html; charset=utf-8"), status: status)
  }

  /// As Hummingbird sends it; a request that has it already (`If-None-Match`) gets 304.
  ///
  /// - Parameter request: nil where nothing depends on it.
  func response(to request: Request?) -> Response {
    var fields = HTTPFields()
    for (name, value) in headers { fields[name] = value }
    let bytes: [UInt8]
    switch body {
    case .nothing: return Response(status: status, headers: fields)
    case .json(let value):
      fields[.contentType] = "application/json"
      bytes = Array(JSONWriter.write(value).utf8) + [UInt8(ascii: "\n")]
    case .bytes(let given, let type):
      fields[.contentType] = type
      bytes = given
    case .stream(let type, let write):
      fields[.contentType] = type
      return Response(status: status, headers: fields, body: ResponseBody(write))
    }
    if status == .ok, request?.method == .get || request?.method == .head {
      let tag = "\"\(tag ?? String(Digest.sha256(bytes).prefix(32)))\""
      fields[.eTag] = tag
      if fields[.cacheControl] == nil { fields[.cacheControl] = "no-cache" }
      if let known = request?.headers[.ifNoneMatch], EntityTags(known).contain(tag) {
        fields[.contentType] = nil
        return Response(status: .notModified, headers: fields)
      }
    }
    return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
