import Reports
import Testing

@Suite("The report")
struct ReportTests {
  @Test("the same summary gives the same page and the same charts")
  func isDeterministic() {
    let first = Report(ExampleSummary().make())
    let second = Report(ExampleSummary().make())
    #expect(first.page == second.page)
    #expect(first.charts.map(\.contents) == second.charts.map(\.contents))
  }
}
