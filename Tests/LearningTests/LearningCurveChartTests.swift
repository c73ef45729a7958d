import Drawing
import Foundation
import Learning
import LearningTasks
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Learning curves")
struct LearningCurveChartTests {
  /// Three trainings that rise to 1, 2 and 3; the second says nothing of its first update.
  static let trainings: [[UpdateRecord]] = (1...3).map { seed in
    (1...40).map { update in
      var record = UpdateRecord()
      record.update = update
      record.steps = update * 1000
      record.meanReward = Double(seed) * min(1, Double(update) / 20)
      record.meanReturn = seed == 2 && update == 1 ? nil : 10 * record.meanReward
      return record
    }
  }

  @Test("the title says where the median ends, and what the best is")
  func title() throws {
    let chart = try #require(LearningCurveChart("B9", Self.trainings, measure: .reward, best: 2.5))
    #expect(chart.title == "B9: the median of 3 trainings ends at 2.00, the best is 2.5")
  }

  @Test("the table has each seed and the median of what is drawn")
  func table() throws {
    let table = try #require(LearningCurveChart("B9", Self.trainings, measure: .reward)).table
    #expect(table.headers == ["Steps", "median", "seed 1", "seed 2", "seed 3"])
    #expect(table.rows.last == ["40000", "2.00", "1.00", "2.00", "3.0"])
  }

  @Test("it is a picture by itself: well-formed, named, with a line for each seed and one for the median")
  func file() throws {
    for measure in [LearningCurveChart.Measure.reward, .episodeReturn] {
      let chart = try #require(LearningCurveChart("B9", Self.trainings, measure: measure, best: 3))
      let text = Figure(id: "curve", number: 1, chart: chart).file
      #expect(XMLParser(data: Data(text.utf8)).parse())
      #expect(text.contains("<title id=\"t\">") && text.contains("<desc id=\"d\">"))
      #expect(text.matches(of: /class="p s1"/).count == 3)
      #expect(!text.lowercased().contains("nan"))
      #expect(!text.contains("href"))
    }
  }

  @Test("one update is no curve")
  func tooShort() {
    #expect(LearningCurveChart("B9", [Array(Self.trainings[0].prefix(1))], measure: .reward) == nil)
    #expect(LearningCurveChart("B9", [], measure: .reward) == nil)
  }
}
