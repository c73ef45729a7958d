import ArgumentParser

/// `stresslab data`: what the data folder holds.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Lists, shows and verifies the folder of market data.",
    discussion: """
      The folder has data/raw (what came, never changed), data/processed (one clock, one schema) and data/features (feature \
      sets by name and version), each file with a manifest that carries its SHA-256. Wherever a command or a document takes a \
      file of bars, data:NAME is the processed file of that name.

        stresslab data list
        stresslab data check binance/BTC-USDT/1h
        stresslab data show binance/BTC-USDT/1h
        stresslab fit data:binance/BTC-USDT/1h
      """,
    subcommands: [
      DataListCommand.self, DataShowCommand.self, DataVerifyCommand.self, DataCheckCommand.self,
      DataProcessCommand.self,
    ])
}
