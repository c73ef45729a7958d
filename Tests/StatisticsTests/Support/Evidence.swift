import Foundation
import Statistics

/// Whether a sample of `n` says that it has not seen anything else, with the rule of three's bound.
func isNotSeen(_ estimate: Estimate, among n: Int) -> Bool {
  guard case .notSeen(let atMost) = estimate.evidence else { return false }
  return abs(atMost - (1 - pow(1 - estimate.confidence, 1 / Double(n)))) < 1e-12
}
