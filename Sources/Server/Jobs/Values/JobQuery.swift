/// Which jobs are asked for, the newest first.
package struct JobQuery: Sendable, Hashable {
  /// Only those of these states; empty for all.
  package let states: Set<JobState>
  /// Only those of these kinds; empty for all.
  package let kinds: Set<JobKind>
  /// How many at most.
  package let limit: Int
  /// Where to go on: what the page before gave as `next`; nil to begin with the newest.
  package let after: String?

  /// A question.
  package init(states: Set<JobState> = [], kinds: Set<JobKind> = [], limit: Int = 50, after: String? = nil) {
    self.states = states
    self.kinds = kinds
    self.limit = limit
    self.after = after
  }
}

/// Some jobs, the newest first.
package struct JobPage: Sendable, Hashable {
  /// The jobs.
  package let jobs: [Job]
  /// What `JobQuery.after` has to be for the jobs that follow; nil where none does.
  package let next: String?
}
