package io.sennit.sync;

/// Symbols as bytes. `docs/protocol.md` has the table.
final class SketchCodec {
  private SketchCodec() {}

  /// All heights take as many bytes as the highest.
  static void encode(Wire.Writer out, Message.Sketch sketch) {
    long all = sketch.symbols().stream().mapToLong(Symbol::height).reduce(0, (a, b) -> a | b);
    int width = (Long.SIZE - Long.numberOfLeadingZeros(all) + Byte.SIZE - 1) / Byte.SIZE;
    out.number(sketch.floor()).number(width);
    out.list(
        sketch.symbols(),
        symbol -> {
          out.word(symbol.tag(), Integer.BYTES).word(symbol.check(), Short.BYTES);
          out.word(symbol.height(), width).word(symbol.sum(), Integer.BYTES);
        });
  }

  static Message.Sketch sketch(Wire.Reader in) throws Wire.MalformedException {
    long floor = in.number();
    long width = in.number();
    if (width > Long.BYTES) {
      throw new Wire.MalformedException("heights of " + width + " bytes");
    }
    int size = 2 * Integer.BYTES + Short.BYTES + (int) width;
    return new Message.Sketch(floor, in.list(size, () -> symbol(in, (int) width)));
  }

  private static Symbol symbol(Wire.Reader in, int width) throws Wire.MalformedException {
    int tag = (int) in.word(Integer.BYTES);
    int check = (int) in.word(Short.BYTES);
    long height = in.word(width);
    if (height < 0) {
      throw new Wire.MalformedException("a height of more than 63 bits");
    }
    return new Symbol(tag, height, check, (int) in.word(Integer.BYTES));
  }
}
