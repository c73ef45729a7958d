import Lanes
import Markets

/// A desk's account as it knows it while the venue's feed is frozen: its positions, marked at what the feed shows.
final class KnownAccount {
  private let account: AccountTile
  /// `[group]`: the largest equity at a close that was known at the last one.
  private let peaks: Records<Lanes>
  private var isFrozen = false

  /// Like an account.
  init(_ account: AccountTile) {
    self.account = AccountTile(
      prices: account.startPrices, groups: account.groups, startEquity: account.startEquity,
      references: account.references)
    peaks = Records(repeating: Lanes(account.startEquity), count: account.groups)
  }

  func reset() {
    isFrozen = false
    peaks.fill(Lanes(account.startEquity))
  }

  /// Takes the true account of a close up, with what the feed shows of prices.
  func follow(_ truth: AccountTile, _ feed: Feed) {
    isFrozen = !feed.frozen.isEmpty
    guard isFrozen else {
      // The true account is what is seen.
      for group in peaks.indices { peaks[group] = truth.accounts[group].peak }
      return
    }
    for group in 0..<account.groups {
      let mask = feed.frozen[group]
      var known = truth.accounts[group]
      var equity = known.cash
      for asset in 0..<account.assets {
        let index = asset * account.groups + group
        account.positions[index] = truth.positions[index]
        account.positions[index].mark = feed.bars[index].close
        equity = fma(truth.positions[index].quantity, feed.bars[index].close, equity)
      }
      if mask.isAny {
        known.close(at: select(mask & known.isAlive, equity, known.equity))
        // The peak of what was never shown is not known either.
        known.peak = select(mask, max(peaks[group], known.equity), known.peak)
      }
      peaks[group] = known.peak
      account.accounts[group] = known
    }
  }

  /// What may be seen: the true account where nothing is frozen.
  func view(_ truth: AccountTile) -> AccountView { AccountView(isFrozen ? account : truth) }
}
