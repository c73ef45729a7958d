import Documents

extension RunOrder {
  /// What was ordered, from the arguments that `order` made of it; nil for other ones.
  init?(arguments: [String]) {
    guard arguments.first == "run" else { return nil }
    let documents = arguments.dropFirst().prefix { !$0.hasPrefix("--") }
    var options: [String: String] = [:]
    var rest = arguments.dropFirst(1 + documents.count)[...]
    while let option = rest.popFirst() {
      guard option != "--quiet" else { continue }
      options[option] = rest.popFirst()
    }
    func list(_ option: String) -> [String] { options[option]?.split(separator: ",").map(String.init) ?? [] }
    let names = documents.compactMap(WorkspaceName.init)
    guard names.count == documents.count, !names.isEmpty else { return nil }
    self.init(
      documents: names, study: options["--study"].flatMap(WorkspaceName.init),
      paths: options["--paths"].flatMap { Int($0) }, seed: options["--seed"].flatMap { Int($0) },
      agents: list("--agents"), risks: list("--risk"), severities: list("--severity").compactMap { Double($0) },
      folder: nil, priority: 0)
  }
}
