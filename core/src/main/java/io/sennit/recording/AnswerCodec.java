package io.sennit.recording;

import io.sennit.dag.Node;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Positions;
import io.sennit.dag.Receipt;
import io.sennit.dag.Summary;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answers as bytes. What the part has said of a position before is not said again.
/// `docs/recording.md` has the table.
final class AnswerCodec {
  private static final int COUNT = 1;
  private static final int POSITION = 2;
  private static final int PLACE = 3;
  private static final int PLACE_AS_BEFORE = 4;
  private static final int WHOLE = 5;
  private static final int WHOLE_AS_BEFORE = 6;
  private static final int DAMAGED = 7;
  private static final int PACKED = 8;
  private static final int NOT_PACKED = 9;
  private static final int IDS = 10;
  private static final int AT = 11;
  private static final int AUTHORS = 12;
  private static final int SUM = 13;
  private static final int KEYS = 14;
  private static final int KEPT = 15;
  private static final int SEAL = 16;
  private static final int FAILED = 17;

  private AnswerCodec() {}

  static void write(ByteWriter out, Answer answer, Window window) {
    switch (answer) {
      case Answer.Count(var count) -> out.kind(COUNT).number(count);
      case Answer.Position(var position) -> out.kind(POSITION).number(position);
      case Answer.Place(var node) -> {
        if (node.equals(window.placeAt(node.position()))) {
          out.kind(PLACE_AS_BEFORE);
        } else {
          place(out.kind(PLACE).number(node.position()), node);
        }
        window.place(node);
      }
      case Answer.Whole(var position, var event) -> {
        if (Objects.equals(event, window.eventAt(position))) {
          out.kind(WHOLE_AS_BEFORE);
        } else {
          out.kind(WHOLE).number(position).bytes(event.body());
        }
        window.event(position, event);
      }
      case Answer.PlaceAsBefore _, Answer.WholeAsBefore _ ->
          throw new IllegalArgumentException("a witness hears answers whole");
      case Answer.Damaged _ -> out.kind(DAMAGED);
      case Answer.Packed(var runs) -> {
        if (runs == null) {
          out.kind(NOT_PACKED);
        } else {
          packed(out.kind(PACKED), runs);
        }
      }
      case Answer.Ids(var ids) -> out.kind(IDS).list(ids, out::id);
      case Answer.At(var positions) -> positions(out.kind(AT), positions, 0);
      case Answer.Authors(var machines) -> out.kind(AUTHORS).list(machines, out::machine);
      case Answer.Sum(Summary(var count, var a, var b, var c, var d)) ->
          out.kind(SUM).number(count).word(a).word(b).word(c).word(d);
      case Answer.Keys(var keys) -> out.kind(KEYS).list(keys, out::key);
      case Answer.Kept(var receipt) -> receipt(out.kind(KEPT), receipt);
      case Answer.Seal(var seal) -> out.kind(SEAL).bytes(seal);
      case Answer.Failed(var why) -> out.kind(FAILED).text(why);
    }
  }

  static Answer read(ByteReader in) {
    int kind = in.kind();
    return switch (kind) {
      case COUNT -> new Answer.Count(in.number());
      case POSITION -> new Answer.Position(in.number());
      case PLACE -> new Answer.Place(place(in, in.number()));
      case PLACE_AS_BEFORE -> new Answer.PlaceAsBefore();
      case WHOLE -> new Answer.Whole(in.number(), InputCodec.event(in));
      case WHOLE_AS_BEFORE -> new Answer.WholeAsBefore();
      case DAMAGED -> new Answer.Damaged();
      case PACKED -> new Answer.Packed(packed(in));
      case NOT_PACKED -> new Answer.Packed(null);
      case IDS -> new Answer.Ids(in.list(in::id));
      case AT -> new Answer.At(positions(in, 0));
      case AUTHORS -> new Answer.Authors(in.list(in::machine));
      case SUM ->
          new Answer.Sum(new Summary(in.number(), in.word(), in.word(), in.word(), in.word()));
      case KEYS -> new Answer.Keys(in.list(in::key));
      case KEPT -> new Answer.Kept(receipt(in));
      case SEAL -> new Answer.Seal(in.bytes());
      case FAILED -> new Answer.Failed(in.text());
      default -> throw new MalformedRecordingException("no answer has the number " + kind);
    };
  }

  /// A place without its position.
  static void place(ByteWriter out, Node node) {
    out.id(node.id()).number(node.height()).machine(node.machine()).flag(node.sealed());
    positions(out.number(node.sizeBytes()), node.parents(), node.position());
  }

  private static Node place(ByteReader in, long position) {
    return new Node(
        position,
        in.id(),
        in.number(),
        in.machine(),
        in.flag(),
        in.count(),
        positions(in, position));
  }

  /// As distances from the one before, the first from `origin`.
  private static void positions(ByteWriter out, Positions positions, long origin) {
    out.number(positions.size());
    long before = origin;
    for (int i = 0; i < positions.size(); i++) {
      out.signed(positions.get(i) - before);
      before = positions.get(i);
    }
  }

  private static Positions positions(ByteReader in, long origin) {
    var distances = in.list(in::signed);
    var positions = new long[distances.size()];
    long before = origin;
    for (int i = 0; i < positions.length; i++) {
      before += distances.get(i);
      positions[i] = before;
    }
    return Positions.of(positions);
  }

  static void packed(ByteWriter out, PackedRuns runs) {
    out.number(runs.events()).number(runs.sizeBytes());
    out.list(runs.outside(), each -> out.number(each.behind()).id(each.id()));
    out.number(runs.blockSizeBytes()).bytes(runs.block());
  }

  private static PackedRuns packed(ByteReader in) {
    return new PackedRuns(
        in.count(),
        in.number(),
        in.list(() -> new PackedRuns.Outside(in.number(), in.id())),
        in.count(),
        in.bytes());
  }

  static void receipt(ByteWriter out, @Nullable Receipt receipt) {
    out.flag(receipt != null);
    if (receipt != null) {
      out.text(receipt.key()).text(receipt.fingerprint());
      out.number(receipt.first()).number(receipt.count());
    }
  }

  private static @Nullable Receipt receipt(ByteReader in) {
    return in.flag() ? new Receipt(in.text(), in.text(), in.number(), in.count()) : null;
  }
}
