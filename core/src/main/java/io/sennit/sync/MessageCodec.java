package io.sennit.sync;

import io.sennit.overlay.OverlayCodec;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.Route;
import java.util.List;
import java.util.Optional;

/// Messages of one link as bytes: one byte for the type, then what the table in `docs/protocol.md`
/// says.
///
/// Each end of a link has one, because events are named by what the link has carried before. One
/// thread encodes, one decodes, and both ends must see all messages in their order.
public final class MessageCodec {
  private static final int HELLO = 1;
  private static final int REFUSE = 2;
  private static final int COMPARE = 4;
  private static final int VERDICT = 5;
  private static final int RANGES = 6;
  private static final int COMMON = 7;
  private static final int GIVE = 8;
  private static final int HAVE = 9;
  private static final int WANT = 10;
  private static final int END = 11;
  private static final int TAKES = 12;
  private static final int DAMAGED = 13;
  private static final int DESCRIBE = 14;
  private static final int TIPS = 15;
  private static final int SEEK = 16;
  private static final int PACKED = 17;
  private static final int AGAIN = 18;
  private static final int SKETCH = 19;
  private static final int MORE = 20;
  private static final int GIVE_BY_ROUTE = 21;

  private static final int FINGERPRINT = 0;
  private static final int IDS = 1;
  private static final int LACKS = 2;

  /// Numbered as on the wire.
  private static final List<Message.Knows> KNOWS =
      List.of(Message.Knows.ALL, Message.Knows.LACKS, Message.Knows.LATER, Message.Knows.EQUAL);

  private static final int KEY_SIZE_BYTES_MIN = 33;

  /// What became of the bytes.
  public sealed interface Decoding {
    /// A message.
    record Decoded(Message message) implements Decoding {}

    /// No message of this protocol.
    record Refused(String why) implements Decoding {}
  }

  private final GiveCodec gives = new GiveCodec();

  /// For one end of a fresh link.
  public MessageCodec() {}

  /// The message as bytes. Those of [Message.Packed] end with the block as it is: where that is
  /// compressed, the frame says so.
  public byte[] encode(Message message) {
    var out = new Wire.Writer();
    switch (message) {
      case Message.Hello(var version, var root, var listen, var open, var snapshot) -> {
        out.type(HELLO).number(version).id(root).text(listen).flag(open);
        SnapshotCodec.encode(out, snapshot);
      }
      case Message.Again(var version, var listen, var open, var count, var digest) ->
          out.type(AGAIN).number(version).text(listen).flag(open).number(count).id(digest);
      case Message.Refuse(var reason) -> out.type(REFUSE).text(reason);
      case Message.Compare(var number, var count, var digest) ->
          out.type(COMPARE).number(number).number(count).id(digest);
      case Message.Describe(var number, var answer, var open, var snapshot) -> {
        out.type(DESCRIBE).number(number).flag(answer).flag(open);
        SnapshotCodec.encode(out, snapshot);
      }
      case Message.Tips(var authors) -> SnapshotCodec.encode(out.type(TIPS), authors);
      case Message.Sketch sketch -> SketchCodec.encode(out.type(SKETCH), sketch);
      case Message.More(var inVain) -> out.type(MORE).flag(inVain);
      case Message.Seek _ -> out.type(SEEK);
      case Message.Verdict(var number, var knows) ->
          out.type(VERDICT).number(number).number(KNOWS.indexOf(knows));
      case Message.Ranges(var answer, var salt, var ranges) ->
          out.type(RANGES).flag(answer).word(salt).list(ranges, range -> range(out, range));
      case Message.Common(var ids) -> out.type(COMMON).list(ids, out::id);
      case Message.Give(var runs, _, var route) -> {
        route.ifPresentOrElse(
            by -> out.type(GIVE_BY_ROUTE).type(routeNumber(by)), () -> out.type(GIVE));
        gives.encode(out, runs);
      }
      case Message.Packed(var runs) -> PackedCodec.encode(out.type(PACKED), runs);
      case Message.Have(var ids) -> {
        out.type(HAVE).list(ids, out::id);
        gives.said(ids);
      }
      case Message.Want(var ids) -> out.type(WANT).list(ids, out::id);
      case Message.Damaged(var ids, var ends) -> out.type(DAMAGED).flag(ends).list(ids, out::id);
      case Message.End _ -> out.type(END);
      case Message.Takes(var events, var why) -> out.type(TAKES).flag(events).text(why);
      case Message.Overlay(var said) -> {
        var bytes = OverlayCodec.encode(said);
        out.raw(bytes, 0, bytes.length);
      }
    }
    return out.toBytes();
  }

  /// The tree in the low bits; above them the hops, counted from those of a run that was asked for.
  private static int routeNumber(Route route) {
    return route.tree() + OverlayMessage.TREES * (route.hops() - Route.PULLED);
  }

  private static Route route(int number) throws Wire.MalformedException {
    int hops = number / OverlayMessage.TREES + Route.PULLED;
    if (hops > Route.HOPS_MAX) {
      throw new Wire.MalformedException("a route of " + hops + " hops");
    }
    return Route.of(number % OverlayMessage.TREES, hops);
  }

  private static void range(Wire.Writer out, Range range) {
    switch (range) {
      case Range.Fingerprint(var from, var to, var count, var high, var low) ->
          out.type(FINGERPRINT).key(from).key(to).number(count).word(high).word(low);
      case Range.Ids(var from, var to, var ids) ->
          out.type(IDS).key(from).key(to).list(ids, out::id);
      case Range.Lacks(var from, var to, var ids) ->
          out.type(LACKS).key(from).key(to).list(ids, out::id);
    }
  }

  /// The message that these bytes are. Events in it are checked for their form and hashed, and put
  /// together to runs; their seals are not checked yet.
  public Decoding decode(byte[] bytes) {
    try {
      var in = new Wire.Reader(bytes);
      var message = decode(in);
      return in.atEnd()
          ? new Decoding.Decoded(message)
          : new Decoding.Refused("bytes follow the end of the message");
    } catch (Wire.MalformedException e) {
      return new Decoding.Refused(e.getMessage() == null ? "malformed" : e.getMessage());
    }
  }

  private Message decode(Wire.Reader in) throws Wire.MalformedException {
    int type = in.type();
    return switch (type) {
      case HELLO ->
          new Message.Hello(version(in), in.id(), in.text(), in.flag(), SnapshotCodec.snapshot(in));
      case AGAIN -> new Message.Again(version(in), in.text(), in.flag(), in.number(), in.id());
      case REFUSE -> new Message.Refuse(in.text());
      case COMPARE -> new Message.Compare(in.number(), in.number(), in.id());
      case DESCRIBE ->
          new Message.Describe(in.number(), in.flag(), in.flag(), SnapshotCodec.snapshot(in));
      case TIPS -> new Message.Tips(SnapshotCodec.authors(in));
      case SKETCH -> SketchCodec.sketch(in);
      case MORE -> new Message.More(in.flag());
      case SEEK -> new Message.Seek();
      case VERDICT -> {
        long number = in.number();
        long knows = in.number();
        if (knows >= KNOWS.size()) {
          throw new Wire.MalformedException("no verdict has the number " + knows);
        }
        yield new Message.Verdict(number, KNOWS.get((int) knows));
      }
      case RANGES -> {
        boolean answer = in.flag();
        long salt = in.word();
        yield new Message.Ranges(
            answer, salt, in.list(1 + 2 * KEY_SIZE_BYTES_MIN, () -> range(in)));
      }
      case COMMON -> new Message.Common(in.list(32, in::id));
      case GIVE -> gives.decode(in);
      case GIVE_BY_ROUTE -> {
        var route = route(in.type());
        var give = gives.decode(in);
        yield new Message.Give(give.runs(), give.fault(), Optional.of(route));
      }
      case PACKED -> PackedCodec.decode(in);
      case HAVE -> {
        var ids = in.list(32, in::id);
        gives.heard(ids);
        yield new Message.Have(ids);
      }
      case WANT -> new Message.Want(in.list(32, in::id));
      case DAMAGED -> {
        boolean ends = in.flag();
        yield new Message.Damaged(in.list(32, in::id), ends);
      }
      case END -> new Message.End();
      case TAKES -> new Message.Takes(in.flag(), in.text());
      default -> overlay(in, type);
    };
  }

  private static Message overlay(Wire.Reader in, int type) throws Wire.MalformedException {
    if (type < OverlayCodec.TYPE_MIN) {
      throw new Wire.MalformedException("no message has the type " + type);
    }
    int from = in.skip(0) - 1;
    in.skipToEnd();
    return switch (OverlayCodec.decode(in.array(), from)) {
      case OverlayCodec.Decoding.Decoded(var said) -> new Message.Overlay(said);
      case OverlayCodec.Decoding.Refused(var why) -> throw new Wire.MalformedException(why);
    };
  }

  private static int version(Wire.Reader in) throws Wire.MalformedException {
    return (int) Math.min(in.number(), Integer.MAX_VALUE);
  }

  private static Range range(Wire.Reader in) throws Wire.MalformedException {
    int type = in.type();
    var from = in.key();
    var to = in.key();
    return switch (type) {
      case FINGERPRINT -> new Range.Fingerprint(from, to, in.number(), in.word(), in.word());
      case IDS -> new Range.Ids(from, to, in.list(32, in::id));
      case LACKS -> new Range.Lacks(from, to, in.list(32, in::id));
      default -> throw new Wire.MalformedException("no range has the type " + type);
    };
  }
}
