import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A request to an operation, its parameters checked.
package struct Call: Sendable {
  /// What the server works with.
  package let context: ServerContext
  /// The request as it came.
  package let request: Request
  /// Where to log; it knows the request's identifier.
  package let logger: Logger
  /// The body as it came, where the operation has one.
  package private(set) var bodyText = ""
  private let values: [String: Parameter.Value]

  /// Checks a request's parameters, all of them.
  ///
  /// - Parameter captured: of the path, still encoded.
  /// - Throws: a `Failure` with everything that is wrong.
  init(
    _ operation: Operation, _ request: Request, captured: (String) -> String?, context: ServerContext, logger: Logger
  ) throws(Failure) {
    (self.context, self.request, self.logger) = (context, request, logger)
    var problems: [RequestProblem] = []
    var values: [String: Parameter.Value] = [:]
    var given: [Parameter.Place: [String: String]] = [:]
    let query = QueryText(request.uri.query ?? "")
    given[.query] = query.values
    problems += query.problems
    for parameter in operation.parameters {
      switch parameter.place {
      case .path:
        let text = captured(parameter.name) ?? ""
        guard let decoded = text.removingPercentEncoding else {
          problems.append(RequestProblem(in: "path", parameter.name, "it is not UTF-8 in percent encoding"))
          continue
        }
        given[.path, default: [:]][parameter.name] = decoded
      case .header:
        if let name = HTTPField.Name(parameter.name), let value = request.headers[name] {
          given[.header, default: [:]][parameter.name] = value
        }
      case .query: break
      }
    }
    let known = operation.parameters.filter { $0.place == .query }.map(\.name)
    for name in query.values.keys.sorted() where !known.contains(name) {
      problems.append(
        RequestProblem(
          in: "query", name, "there is no parameter \(quoted(name))\(Suggestion.hint(for: name, among: known))"))
    }
    for parameter in operation.parameters {
      guard let text = given[parameter.place]?[parameter.name] else {
        if parameter.isRequired {
          problems.append(RequestProblem(in: parameter.place.rawValue, parameter.name, "it is missing"))
        }
        continue
      }
      switch parameter.value(of: text) {
      case .success(let value): values[parameter.name] = value
      case .failure(let problem):
        problems.append(RequestProblem(in: parameter.place.rawValue, parameter.name, problem.message))
      }
    }
    guard problems.isEmpty else {
      let first = problems[0]
      throw Failure(.badRequest, "badRequest", "\(first.path): \(first.message)", problems: problems)
    }
    self.values = values
  }

  /// A text parameter, or one of some words.
  package func text(_ name: String) -> String? {
    guard case .text(let text) = values[name] else { return nil }
    return text
  }

  /// A name that is required.
  package func name(_ name: String) -> WorkspaceName {
    guard case .name(let value) = values[name] else {
      preconditionFailure("Invariant: \(name) is a required name of the operation")
    }
    return value
  }

  /// A name that may be left out.
  package func optionalName(_ name: String) -> WorkspaceName? {
    guard case .name(let value) = values[name] else { return nil }
    return value
  }

  /// A whole number.
  package func integer(_ name: String) -> Int? {
    guard case .integer(let value) = values[name] else { return nil }
    return value
  }

  /// A number.
  package func number(_ name: String) -> Double? {
    guard case .number(let value) = values[name] else { return nil }
    return value
  }

  /// Whether a flag is set.
  package func flag(_ name: String) -> Bool {
    guard case .flag(let value) = values[name] else { return false }
    return value
  }

  /// The body, read by a form.
  ///
  /// - Throws: a `Failure`: no JSON, too large, too slow, or every problem at its place.
  func body<Value: Sendable>(_ form: Form<Value>) async throws -> (value: Value, text: String) {
    guard Self.isJSON(request.headers[.contentType]) else {
      throw Failure(
        .unsupportedMediaType, "unsupportedMediaType", "the body has to be JSON: Content-Type: application/json")
    }
    let bytes = try await BodyReader(limits: context.settings.limits).read(request)
    do throws(Problems) {
      return (try form.read(bytes, file: "body"), String(decoding: bytes, as: UTF8.self))
    } catch {
      throw Failure.invalid(error)
    }
  }

  /// The same call, its body read.
  func with(body text: String) -> Call {
    var call = self
    call.bodyText = text
    return call
  }

  private static func isJSON(_ type: String?) -> Bool {
    guard let type = type?.split(separator: ";").first else { return false }
    return type.trimmingCharacters(in: .whitespaces).lowercased() == "application/json"
  }

  /// A part of a list, and where it goes on.
  ///
  /// - Parameters:
  ///   - items: in the order of their keys.
  ///   - key: by which the next page begins; none twice.
  package func page<Item>(
    _ items: [Item], by key: (Item) -> String, _ json: (Item) throws -> JSONValue
  ) throws -> JSONValue {
    var rest = items[...]
    if let after = text("after") {
      rest = items.drop { key($0) != after }
      // An empty part would say that the list is over.
      guard !rest.isEmpty else {
        throw Failure(.badRequest, "badRequest", "after: \(quoted(after)) is no longer in the list: begin it again")
      }
      rest = rest.dropFirst()
    }
    let part = rest.prefix(integer("limit") ?? 50)
    return [
      "items": .array(try part.map(json)),
      "next": part.count < rest.count ? part.last.map { .string(key($0)) } ?? .null : .null,
    ]
  }
}
