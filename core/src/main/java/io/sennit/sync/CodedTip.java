package io.sennit.sync;

/// An author tip on its way through the symbols it maps to.
///
/// Every tip maps to symbol 0, and to symbol i with a probability of 1 / (1 + i/2): the
/// distribution of Yang, Gilad and Alizadeh. A beginning of the sequence decodes when it has about
/// 1.35 to 1.7 times as many symbols as there are differences, however many those are.
final class CodedTip {
  private static final double UNIT = 0x1p-53;

  private final Symbol symbol;
  private long state;
  private long index;

  CodedTip(AuthorTips.Tip tip, Fingerprints fingerprints, long salt) {
    var hash = fingerprints.ofTip(salt, tip);
    this.symbol = new Symbol(tip.tag(), tip.height(), tip.check(), hash.sum());
    this.state = hash.seed();
  }

  Symbol symbol() {
    return symbol;
  }

  /// The symbol it maps to now: 0 at first.
  long index() {
    return index;
  }

  /// Goes on to the next symbol. All arithmetic is IEEE 754, so that it is the same everywhere.
  void advance() {
    state += 0x9e3779b97f4a7c15L; // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014)
    long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    mixed ^= mixed >>> 31;
    double uniform = ((mixed >>> 11) + 1) * UNIT;
    index += (long) Math.ceil((index + 1.5) * (1 / Math.sqrt(uniform) - 1));
  }
}
