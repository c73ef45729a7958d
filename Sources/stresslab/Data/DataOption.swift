import ArgumentParser
import Glibc
import Pipeline

/// Which data folder a command works in.
struct DataOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of market data; what STRESSLAB_DATA names unless given, else data.", valueName: "folder"),
    completion: .directory)
  var data: String?

  /// The folder. Names such as `data:binance/BTC-USDT/1h` stand for files in it from here on.
  func folder() throws -> DataFolder {
    let folder = try DataFolder.chosen(data)
    if data != nil { setenv("STRESSLAB_DATA", folder.path, 1) }
    return folder
  }
}
