import Documents

/// All that the server does: a new operation or page is one more line here.
package enum OperationCatalogue {
  /// The API.
  package static let api = [
    DocumentsAPI.operations,
    MarketsAPI.operations,
    JobsAPI.operations,
    EstimatesAPI.operations,
    ReportsAPI.operations,
    AgentsAPI.operations,
    RecordsAPI.operations,
    DataAPI.operations,
    MonitorsAPI.operations,
    ServerAPI.operations,
  ].flatMap(\.self)

  /// The pages.
  static let pages = [
    [OverviewPage.operation],
    [ScenariosPage.operation],
    [StudiesPage.operation],
    [LivePage.operation],
    [LoginPage.operation],
    [AssetFiles.operation],
    [AgentsPage.operation],
    [AgentPage.operation],
    [TrainingsPage.operation],
    [RecordPage.operation],
    [DataPage.operation],
    [DatasetPage.operation],
    DocumentPage.operations,
    ReportPages.operations,
    ComparisonPages.operations,
    MonitorPages.operations,
  ].flatMap(\.self)

  /// What describes the API itself.
  static let document: Operation = {
    // Written once: it is large.
    let bytes = Array(JSONWriter.write(OpenAPIDocument(api).json).utf8) + [UInt8(ascii: "\n")]
    return Operation(
      .get, "/openapi.json", id: "readOpenAPI", .server, "Reads this document.",
      answer: .json(["type": "object"], "The document.", example: ["openapi": "3.1.0"])
    ) { _ in Reply(.bytes(bytes, type: "application/json")) }
  }()

  /// All.
  package static let all = api + [document] + pages
}
