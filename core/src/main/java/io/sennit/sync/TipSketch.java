package io.sennit.sync;

import java.util.Arrays;
import java.util.List;

/// Author tips as an endless sequence of coded symbols, of which whoever knows most of the tips
/// needs only as many as differ, and half as many again.
///
/// ```text
///   who lacks something                        who gives
///   128 symbols ─────────────────────────────▶ minus its own symbols of the same salt;
///                                              a symbol with one tip left names it; take that
///                                              out of all others, and so on
///   half as many again ◀──────── not enough ── until nothing is left
/// ```
///
/// After Yang, Gilad and Alizadeh, *Practical Rateless Set Reconciliation* (SIGCOMM 2024, arXiv
/// 2402.02668). Sums are salted like everything in the snapshot, with a word that did not exist
/// when the events were written: nobody can look for tips that hide each other. Symbols carry no
/// count, because the decoder knows its own tips.
public final class TipSketch {
  /// After so many, ranges are tried instead.
  public static final int SYMBOLS_MAX = 16_384;

  private static final int FIRST = 128;

  /// An honest sketch comes in no more portions than this.
  public static final int PORTIONS_MAX = 16;

  private final List<CodedTip> tips;
  private final long floor;
  private int said;

  TipSketch(AuthorTips authors, Fingerprints fingerprints, long salt) {
    this.floor = authors.floor();
    this.tips =
        authors.tips().stream()
            .distinct() // or two that look alike would hide each other from themselves
            .map(tip -> new CodedTip(tip, fingerprints, salt))
            .toList();
  }

  /// Above this height it names author tips.
  public long floor() {
    return floor;
  }

  /// Whether enough was said.
  public boolean exhausted() {
    return said >= SYMBOLS_MAX;
  }

  /// The next symbols: half as many as before.
  public List<Symbol> next() {
    return next(Math.min(said == 0 ? FIRST : said / 2, SYMBOLS_MAX - said));
  }

  List<Symbol> next(int count) {
    var symbols = new Symbol[count];
    Arrays.fill(symbols, Symbol.EMPTY);
    for (var tip : tips) {
      for (; tip.index() < said + count; tip.advance()) {
        int at = (int) tip.index() - said;
        symbols[at] = symbols[at].xor(tip.symbol());
      }
    }
    said += count;
    return List.of(symbols);
  }
}
