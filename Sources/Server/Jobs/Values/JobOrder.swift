/// What a job shall do: a command of this program, with what people want to know of it.
package struct JobOrder: Sendable, Hashable, Codable {
  /// What it does.
  package let kind: JobKind
  /// For people.
  package let title: String
  /// The documents that it is about, by their names in the workspace.
  package let documents: [String]
  /// The folder that it writes, relative to the workspace; nil for none. Two jobs of one folder never run at the same time.
  package let output: String?
  /// The command and its arguments.
  package let arguments: [String]
  /// The same where its folder holds what an earlier start has left; nil where there is no difference.
  package let goingOn: [String]?
  /// The greater, the sooner.
  package let priority: Int

  /// An order.
  package init(
    _ kind: JobKind, title: String, documents: [String] = [], output: String? = nil, arguments: [String],
    goingOn: [String]? = nil, priority: Int = 0
  ) {
    self.kind = kind
    self.title = title
    self.documents = documents
    self.output = output
    self.arguments = arguments
    self.goingOn = goingOn
    self.priority = priority
  }
}
