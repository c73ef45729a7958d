import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// From a request to an answer: who may come in, which operation it is, what came of it; and every failure in the one form.
package struct Dispatcher: HTTPResponder {
  package typealias Context = BasicRequestContext

  private let context: ServerContext
  private let router: RouterResponder<BasicRequestContext>
  private let methods: PathMethods

  /// Answers by these operations.
  package init(_ operations: [Operation], _ context: ServerContext) {
    self.context = context
    methods = PathMethods(operations)
    let router = Router(context: BasicRequestContext.self)
    for operation in operations {
      let handle: @Sendable (Request, BasicRequestContext) async throws -> Response = { request, captured in
        try await Self.answer(operation, request, captured, context)
      }
      router.on(RouterPath(operation.path), method: operation.method, use: handle)
      // What can be got can be asked about.
      if operation.method == .get {
        router.on(RouterPath(operation.path), method: .head) { request, captured in
          Self.withoutBody(try await handle(request, captured))
        }
      }
    }
    self.router = router.buildResponder()
  }

  package func respond(to request: Request, context requestContext: Context) async throws -> Response {
    let start = ContinuousClock.now
    let operation = methods.operation(of: request)
    var response: Response
    do {
      let visitor = Visitor(request, context.settings)
      try visitor.checkHost()
      guard request.uri.path.hasPrefix("/") else { throw Failure(.badRequest, "badRequest", "the path begins with /") }
      // What leads nowhere is not told to strangers either.
      if !(operation?.isOpen ?? false) {
        do throws(Failure) { try visitor.checkToken() } catch {
          guard WebPage.isAsked(for: request) else { throw error }
          throw WebPage.Redirect(to: "/login")
        }
      }
      try visitor.checkOrigin()
      // The router would answer with nothing.
      guard operation != nil else { throw methods.failure(of: request) }
      response = try await router.respond(to: request, context: requestContext)
    } catch {
      response = reply(to: error, request, requestContext.logger)
    }
    SafetyHeaders.put(on: &response)
    if request.method == .head { response = Self.withoutBody(response) }
    context.metrics.count(
      operation?.id ?? "none", status: response.status.code, time: start.duration(to: .now))
    RequestLog.write(request, response, start.duration(to: .now), requestContext.logger)
    return response
  }

  /// Calls an operation.
  private static func answer(
    _ operation: Operation, _ request: Request, _ captured: BasicRequestContext, _ context: ServerContext
  ) async throws -> Response {
    let call = try Call(
      operation, request, captured: { captured.parameters.get($0) }, context: context, logger: captured.logger)
    return try await operation.run(call).response(to: request)
  }

  private static func withoutBody(_ response: Response) -> Response {
    var headers = response.headers
    if let length = response.body.contentLength { headers[.contentLength] = "\(length)" }
    return Response(status: response.status, headers: headers, body: ResponseBody())
  }

  /// What is answered where something is wrong.
  private func reply(to error: any Error, _ request: Request, _ logger: Logger) -> Response {
    if let redirect = error as? WebPage.Redirect {
      return Response(status: .seeOther, headers: [.location: redirect.address])
    }
    let failure = failure(for: error, request, logger)
    if WebPage.isAsked(for: request) {
      return Reply.page(WebPage.failure(failure), status: failure.status).with(failure.headers).response(to: nil)
    }
    return Reply.json(failure.json, status: failure.status, headers: failure.headers).response(to: nil)
  }

  private func failure(for error: any Error, _ request: Request, _ logger: Logger) -> Failure {
    switch error {
    case let failure as Failure: return failure
    default:
      if let known = Failure(known: error) { return known }
      logger.error("an operation failed", metadata: ["error": "\(error)"])
      return Failure(.internalServerError, "ourFault", "this should not have happened; the server's log says more")
    }
  }
}

extension Reply {
  /// With more headers.
  func with(_ more: [(HTTPField.Name, String)]) -> Reply {
    var reply = self
    reply.headers += more
    return reply
  }
}
