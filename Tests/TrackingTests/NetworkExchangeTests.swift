import Documents
import Foundation
import Testing
import Tracking

/// MLflow's client over real sockets, against servers that are none, or not well.
@Suite("Requests over the network")
struct NetworkExchangeTests {
  struct Answer: CustomTestStringConvertible, Sendable {
    let text: String?
    let problem: MLflowProblem
    var testDescription: String { "\(text?.prefix(40) ?? "nothing")" }
  }

  private static func http(_ status: String, _ body: String, _ more: String = "") -> String {
    "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\(more)\r\n\(body)"
  }

  private static let answers = [
    Answer(text: nil, problem: .away("URL can't be reached: it does not answer within 1 s")),
    Answer(text: "", problem: .away("URL can't be reached: the connection was cut")),
    Answer(
      text: http("405 METHOD NOT ALLOWED", "<!doctype html><title>405</title>"),
      problem: .strange("URL is no MLflow server: it answers 405 without MLflow's words")),
    Answer(
      text: http("200 OK", "<p>hello</p>"), problem: .strange("URL is no MLflow server: its answer is no JSON object")),
    Answer(text: http("200 OK", "[]"), problem: .strange("URL is no MLflow server: its answer is no JSON object")),
    Answer(text: http("200 OK", "{}"), problem: .strange("URL is no MLflow server: its answer lacks experiment_id")),
    Answer(text: http("503 Service Unavailable", "<html>"), problem: .away("URL answers 503")),
    Answer(
      text: http("500 Internal Server Error", #"{"error_code":"INTERNAL_ERROR","message":"no\u001b[31m disk"}"#),
      problem: .away(#"URL answers 500: no\u001b[31m disk"#)),
    Answer(text: http("403 Forbidden", "Invalid Host header"), problem: .forbidden("URL answers 403")),
    Answer(
      text: http("302 Found", "", "Location: http://127.0.0.1:1/elsewhere\r\n"),
      problem: .strange("URL is no MLflow server: it answers 302 without MLflow's words")),
  ]

  @Test("end in one sentence, whatever answers", arguments: answers)
  func faults(answer: Answer) throws {
    let server = try RawServer(answer.text)
    let client = MLflowClient(
      try MLflowAddress(server.url, environment: [:]), over: NetworkExchange(), patience: answer.text == nil ? 0.3 : 10)
    let problem = #expect(throws: MLflowProblem.self) { try client.experiment(named: "x") }
    #expect(problem?.description == answer.problem.description.replacing("URL", with: server.url))
    #expect(problem.map { "\($0)" } != nil)
  }

  @Test("say that nobody listens")
  func nobody() throws {
    let client = MLflowClient(try MLflowAddress("http://127.0.0.1:9", environment: [:]), over: NetworkExchange())
    let problem = #expect(throws: MLflowProblem.self) { try client.experiment(named: "x") }
    #expect(problem == .away("http://127.0.0.1:9 can't be reached: nobody listens there"))
  }
}
