import Digests
import Documents
import MarketData
import Pipeline
import Tracking

/// The bars that newer ones are held against.
struct UsualMarket: Sendable {
  /// What they are, in words.
  let words: String
  /// Whether they are what the agent was trained on.
  let isTraining: Bool
  /// Stretches without a break.
  let segments: [BarMoves]
  /// How long a bar lasts, in milliseconds.
  let step: Int64

  /// Bars that count at most, the newest: more would not change what is usual.
  private static let mostBars = 100_000

  /// Where such bars come from.
  enum Source: Sendable, Hashable {
    /// The watched bars themselves, but for the newest.
    case before
    /// A file of bars, by a path that documents may have.
    case file(String)
    /// A scenario whose market is drawn.
    case scenario(WorkspaceName)
  }

  /// Where the bars of a monitor come from, and whether the agent was trained on them.
  ///
  /// - Parameter version: of the model store, where the agent is one.
  static func source(
    of monitor: Monitor, version: ModelVersion?, _ tracking: TrackingFolder?, _ folder: DataFolder,
    _ library: DocumentLibrary, _ workspace: Workspace
  ) throws -> (source: Source, isTraining: Bool) {
    switch monitor.reference.flatMap(MonitorReference.init) {
    case .data(let name): return (name == monitor.data ? .before : .file("\(FileContents.dataPrefix)\(name)"), false)
    case .scenario(let name): return (.scenario(name), false)
    case nil: break
    }
    guard let run = version?.run, let tracking, let store = try TrackingStore.read(tracking) else {
      return (.before, false)
    }
    let datasets = try store.details(of: run).datasets
    try store.close()
    for dataset in datasets where dataset.context == "data" {
      if let bytes = try? bytes(dataset.source, folder, workspace), Digest.sha256(bytes) == dataset.digest {
        return (.file(dataset.source), true)
      }
    }
    for dataset in datasets where dataset.context == "scenario" {
      guard let name = WorkspaceName(dataset.source), let entry = try library.entry(name), entry.kind == .scenario,
        entry.digest == dataset.digest
      else { continue }
      return (.scenario(name), true)
    }
    return (.before, false)
  }

  /// The watched bars before the newest.
  init(before newest: Int, of watched: WatchedBars, _ data: DatasetName) {
    let end = max(0, watched.series.count - newest)
    let first = max(0, end - Self.mostBars)
    segments = Self.segments((first..<end).map { watched.series[$0] }, step: watched.step, hasVolume: true)
    step = watched.step
    words = "the \(end - first) bars of \(data) before the newest \(newest)"
    isTraining = false
  }

  /// The bars of a file.
  ///
  /// - Parameter asset: the one that counts where the file has it; else its first.
  init(file path: String, asset: String, isTraining: Bool, _ folder: DataFolder, _ workspace: Workspace) throws {
    let bars = RecordedBars(try BarFile(Self.bytes(path, folder, workspace), file: path).bars)
    guard let series = bars.bars(of: asset) ?? bars.bars(of: bars.names.sorted()[0]), let clock = BarClock(series.time)
    else { throw Failure(.unprocessableContent, "refused", "\(path) has too few bars for a clock") }
    step = clock.step
    let first = max(0, series.count - Self.mostBars)
    // Volume is of another market, or of another time.
    segments = Self.segments((first..<series.count).map { series[$0] }, step: step, hasVolume: false)
    words = "\(series.count - first) bars of \(path)"
    self.isTraining = isTraining
  }

  /// The bytes of a file: of a dataset in the data folder, else of one in the workspace.
  private static func bytes(_ path: String, _ folder: DataFolder, _ workspace: Workspace) throws -> [UInt8] {
    if case .data(let name) = MonitorReference(path) {
      guard let bytes = try folder.bars(of: name) else {
        throw Problems(Problem(position: SourcePosition(file: path), message: "there are no bars of \(name)"))
      }
      return bytes
    }
    return try FileContents.needed(path, workspace.reader())
  }

  /// The market of a scenario as `stresslab preview --export` writes it: its first asset.
  init(drawn csv: [UInt8], of name: WorkspaceName, step: Int64, isTraining: Bool) throws(Failure) {
    let lines = String(decoding: csv, as: UTF8.self).split(separator: "\n").dropFirst()
    // Paths stand side by side, bar by bar.
    var paths: [Substring: [Bar]] = [:]
    var asset: Substring?
    for line in lines {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count >= 9 else { continue }
      asset = asset ?? fields[3]
      let prices = fields[4...8].compactMap { Double($0) }
      guard fields[3] == asset, prices.count == 5 else { continue }
      paths[fields[0], default: []].append(
        Bar(time: 0, open: prices[0], high: prices[1], low: prices[2], close: prices[3], volume: prices[4]))
    }
    let segments = paths.values.map { BarMoves($0, hasVolume: false) }
    guard !segments.isEmpty else { throw Failure(.unprocessableContent, "refused", "\(name) has no bars") }
    self.segments = segments
    self.step = step
    words = "\(segments.count) paths of \(name), as it is written"
    self.isTraining = isTraining
  }

  /// Stretches in which each bar comes within four days and six steps of the one before: a night or a weekend is no break.
  private static func segments(_ bars: [Bar], step: Int64, hasVolume: Bool) -> [BarMoves] {
    let most = 4 * BarClock.day + 6 * step
    var (found, current): ([BarMoves], [Bar]) = ([], [])
    for bar in bars {
      if let last = current.last, bar.time - last.time > most {
        found.append(BarMoves(current, hasVolume: hasVolume))
        current = []
      }
      current.append(bar)
    }
    return found + [BarMoves(current, hasVolume: hasVolume)]
  }
}
