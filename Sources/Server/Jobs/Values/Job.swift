/// A job as it stands.
package struct Job: Sendable, Hashable, Identifiable {
  /// 16 hexadecimal digits.
  package let id: String
  /// What it shall do.
  package let order: JobOrder
  /// How it stands.
  package let state: JobState
  /// When it was handed in, in milliseconds since 1970.
  package let created: Int64
  /// When its process was last started; nil before.
  package let started: Int64?
  /// When it came to an end; nil before.
  package let ended: Int64?
  /// How often a process was started for it.
  package let attempts: Int
  /// With what its process ended last; nil where none has, or where a signal ended it.
  package let exit: Int32?
  /// What there is to say of how it stands, for people.
  package let message: String?
  /// Whether `resume` takes it up again.
  package let isResumable: Bool
  /// Whether it was asked to stop, and has not yet.
  package let isStopping: Bool
  /// Raised with each change.
  package let revision: Int64
}
