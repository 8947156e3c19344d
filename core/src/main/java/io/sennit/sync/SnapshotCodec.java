package io.sennit.sync;

import io.sennit.dag.Digests;
import io.sennit.event.EventId;
import java.util.ArrayList;
import java.util.List;

/// Snapshots as bytes. `docs/protocol.md` has the table.
final class SnapshotCodec {
  private static final int TIP_SIZE_BYTES_MIN = 7;

  private SnapshotCodec() {}

  static void encode(Wire.Writer out, Snapshot snapshot) {
    encode(out, snapshot.frontier());
    out.word(snapshot.salt()).number(snapshot.ladder().height());
    out.list(snapshot.ladder().rungs(), rung -> out.word(rung, Integer.BYTES));
    encode(out, snapshot.authors());
  }

  /// The digest of named tips need not be said.
  private static void encode(Wire.Writer out, Frontier frontier) {
    out.number(frontier.count()).number(frontier.tipsTotal());
    if (frontier.named()) {
      frontier.tips().forEach(out::id);
    } else {
      out.id(frontier.digest());
    }
  }

  static void encode(Wire.Writer out, AuthorTips authors) {
    out.number(authors.floor()).number(authors.tips().size());
    long height = authors.tips().isEmpty() ? 0 : authors.tips().getFirst().height();
    out.number(height);
    for (var tip : authors.tips()) {
      out.number(height - tip.height());
      out.word(tip.tag(), Integer.BYTES).word(tip.check(), Short.BYTES);
      height = tip.height();
    }
  }

  static Snapshot snapshot(Wire.Reader in) throws Wire.MalformedException {
    var frontier = frontier(in);
    long salt = in.word();
    long height = in.number();
    var rungs = in.list(Integer.BYTES, () -> (int) in.word(Integer.BYTES));
    if (!rungs.isEmpty() && rungs.size() != Ladder.size(height)) {
      throw new Wire.MalformedException(rungs.size() + " rungs up to the height " + height);
    }
    return new Snapshot(frontier, salt, new Ladder(height, rungs), authors(in));
  }

  private static Frontier frontier(Wire.Reader in) throws Wire.MalformedException {
    long count = in.number();
    long tipsTotal = in.number();
    if (tipsTotal > Frontier.TIPS_MAX) {
      return new Frontier(count, in.id(), List.of(), tipsTotal);
    }
    var tips = new ArrayList<EventId>();
    for (long i = 0; i < tipsTotal; i++) {
      var tip = in.id();
      if (!tips.isEmpty() && tips.getLast().compareTo(tip) >= 0) {
        throw new Wire.MalformedException("tips are not ascending");
      }
      tips.add(tip);
    }
    return new Frontier(count, Digests.ofTips(tips), tips, tipsTotal);
  }

  static AuthorTips authors(Wire.Reader in) throws Wire.MalformedException {
    long floor = in.number();
    long size = in.number();
    long height = in.number();
    in.require(Math.multiplyExact(Math.min(size, Integer.MAX_VALUE), TIP_SIZE_BYTES_MIN));
    if (size > AuthorTips.NAMED_MAX) {
      throw new Wire.MalformedException(size + " author tips");
    }
    var tips = new ArrayList<AuthorTips.Tip>();
    for (long i = 0; i < size; i++) {
      height -= in.number();
      if (height < 0) {
        throw new Wire.MalformedException("an author tip below R");
      }
      tips.add(
          new AuthorTips.Tip((int) in.word(Integer.BYTES), height, (int) in.word(Short.BYTES)));
    }
    return new AuthorTips(floor, tips);
  }
}
