extension ModelStore {
  /// The version that somebody names; a name alone means its champion, or else its candidate.
  ///
  /// - Throws: a `Refusal` for what is no name; `StoreProblem`: `.unfit` where there is none.
  package func named(_ text: String) throws -> ModelVersion {
    let reference = try ModelReference(text)
    if reference.pick == .none, let champion = try version(of: reference.name, alias: "champion") { return champion }
    return try version(reference, or: Self.candidate)
  }
}
