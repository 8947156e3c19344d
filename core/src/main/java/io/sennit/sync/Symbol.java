package io.sennit.sync;

/// One coded symbol of a [TipSketch]: the exclusive or of all author tips that map to it.
///
/// @param tag of the tips' tags
/// @param height of their heights
/// @param check of their checks, 16 bits
/// @param sum of their sums, by which one tells a symbol that stands for a single tip
public record Symbol(int tag, long height, int check, int sum) {
  static final Symbol EMPTY = new Symbol(0, 0, 0, 0);

  Symbol xor(Symbol other) {
    return new Symbol(tag ^ other.tag, height ^ other.height, check ^ other.check, sum ^ other.sum);
  }

  /// What it says if it stands for a single tip.
  AuthorTips.Tip tip() {
    return new AuthorTips.Tip(tag, height, check);
  }
}
