import Foundation
import Testing

extension Trait where Self == ConditionTrait {
  /// Minutes of computing: for `make gates`.
  static var gates: Self {
    .enabled(if: ProcessInfo.processInfo.environment["STRESSLAB_GATES"] != nil, "only in make gates")
  }
}
