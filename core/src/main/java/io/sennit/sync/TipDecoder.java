package io.sennit.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds the author tips that another machine has sketched, from its symbols and our own tips.
public final class TipDecoder {
  private final Fingerprints fingerprints;
  private final long salt;
  private final long floor;
  private final Set<AuthorTips.Tip> mine;
  private final TipSketch sketch;

  /// The exclusive or of its symbols and ours.
  private final List<Symbol> difference = new ArrayList<>();

  /// What the symbols say so far.
  public sealed interface Decoded {
    /// All of its author tips.
    record Tips(AuthorTips authors) implements Decoded {}

    /// Too few symbols.
    record NotYet() implements Decoded {}

    /// More symbols will not help: they contradict each other, or there are too many.
    record InVain() implements Decoded {}
  }

  /// @param mine our own tips above the same floor, with the salt of the other's
  TipDecoder(AuthorTips mine, Fingerprints fingerprints, long salt) {
    this.fingerprints = fingerprints;
    this.salt = salt;
    this.floor = mine.floor();
    this.mine = new LinkedHashSet<>(mine.tips());
    this.sketch = new TipSketch(mine, fingerprints, salt);
  }

  /// Takes the next symbols.
  public Decoded add(List<Symbol> theirs) {
    if (difference.size() + theirs.size() > TipSketch.SYMBOLS_MAX) {
      return new Decoded.InVain();
    }
    var ours = sketch.next(theirs.size());
    for (int i = 0; i < theirs.size(); i++) {
      difference.add(theirs.get(i).xor(ours.get(i)));
    }
    return peel();
  }

  private Decoded peel() {
    var symbols = difference.toArray(Symbol[]::new);
    var found = new HashSet<AuthorTips.Tip>();
    var theirs = new LinkedHashSet<>(mine);
    var single = new ArrayDeque<Integer>();
    for (int i = 0; i < symbols.length; i++) {
      if (isSingle(symbols[i])) {
        single.add(i);
      }
    }
    while (!single.isEmpty()) {
      var symbol = symbols[single.removeFirst()];
      if (!isSingle(symbol)) {
        continue; // its tip was taken out meanwhile
      }
      if (!found.add(symbol.tip())) {
        return new Decoded.InVain(); // honest symbols name each difference once
      }
      if (!theirs.remove(symbol.tip())) {
        theirs.add(symbol.tip());
      }
      var tip = new CodedTip(symbol.tip(), fingerprints, salt);
      for (; tip.index() < symbols.length; tip.advance()) {
        int at = (int) tip.index();
        symbols[at] = symbols[at].xor(tip.symbol());
        if (isSingle(symbols[at])) {
          single.add(at);
        }
      }
    }
    for (var symbol : symbols) {
      if (!symbol.equals(Symbol.EMPTY)) {
        return new Decoded.NotYet();
      }
    }
    return new Decoded.Tips(new AuthorTips(floor, List.copyOf(theirs)));
  }

  private boolean isSingle(Symbol symbol) {
    return !symbol.equals(Symbol.EMPTY)
        && fingerprints.ofTip(salt, symbol.tip()).sum() == symbol.sum();
  }
}
