import Testing
import Tracking

/// The words of a run's state against MLflow's `RunStatus` (mlflow 3.17, `mlflow/entities/run_status.py`).
@Suite("States of tracked runs")
struct RunStatusTests {
  @Test("are MLflow's, but for the one of runs that are only planned")
  func words() {
    #expect(Set(RunStatus.allCases.map(\.rawValue)) == ["RUNNING", "FINISHED", "FAILED", "KILLED"])
  }
}
