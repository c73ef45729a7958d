/// The workload of `workloads.py`, in whose words the peers' side has it.
enum Workload {
  static let paths = 10_000
  static let steps = 1_000
  static let dt = 1.0 / 252
  static let start = 100.0
  static let logDrift = 0.03
  static let volatility = 0.2
  static let jumpsPerYear = 10.0
  static let meanJump = -0.02
  static let jumpVolatility = 0.05
}
