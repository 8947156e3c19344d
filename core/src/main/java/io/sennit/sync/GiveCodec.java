package io.sennit.sync;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Limits;
import io.sennit.event.Run;
import io.sennit.event.Stripped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Runs as bytes, without uuids, and with parents named by what the link has carried before, in
/// either direction. `docs/protocol.md` has the table.
///
/// Both ends see the same two sequences of events: those sent and those received. A parent is named
/// by its direction and how far back it stands; one that was not carried lately is named by its
/// uuid. One thread encodes, one decodes.
final class GiveCodec {
  /// Bytes of all events of a message once rebuilt, at most.
  static final long REBUILT_SIZE_BYTES_MAX = 16L * 1024 * 1024;

  /// How far back among the events that this side received a parent may stand. The other side
  /// remembers those it sent for longer than so many plus what the link may have under way.
  static final int RECEIVED_REACH = 16_384;

  private static final int UUID = 0;

  private final Carried sent = new Carried();
  private final Carried received = new Carried();

  void encode(Wire.Writer out, List<Run> runs) {
    long base = received.count();
    int count = 0;
    for (var run : runs) {
      count += run.events().size();
    }
    out.number(count).number(base);
    var uuids = new Wire.Writer();
    var bodies = new Wire.Writer();
    for (var run : runs) {
      for (var event : run.events()) {
        encode(out, uuids, event, base);
        Stripped.write(event, bodies::raw);
        sent.add(event.id());
      }
    }
    out.raw(uuids).raw(bodies);
  }

  private void encode(Wire.Writer out, Wire.Writer uuids, Event event, long base) {
    out.number(event.parents().size());
    for (var parent : event.parents()) {
      long next = sent.count();
      long number = sent.number(parent, next, Carried.REMEMBERED);
      if (number >= 0) {
        out.number(2 * (next - number) - 1);
        continue;
      }
      number = received.number(parent, base, RECEIVED_REACH);
      if (number >= 0) {
        out.number(2 * (base - number));
      } else {
        out.number(UUID);
        uuids.id(parent);
      }
    }
    out.number(Stripped.parentsAt(event)).number(Stripped.length(event));
  }

  /// What is known of an event before its body is read.
  private static final class Outline {
    final long[] references;
    final int parentsAt;
    final int length;

    Outline(long[] references, long parentsAt, long length) {
      this.references = references;
      this.parentsAt = (int) parentsAt;
      this.length = (int) length;
    }
  }

  /// Events up to the first faulty one, put together to runs by their seals.
  Message.Give decode(Wire.Reader in) throws Wire.MalformedException {
    long count = in.number();
    long base = in.number();
    var outlines = outlines(in, count);
    var uuids = new ArrayList<EventId>();
    for (var outline : outlines) {
      for (long reference : outline.references) {
        if (reference == UUID) {
          uuids.add(in.id());
        }
      }
    }
    var rebuilt = new Rebuilt();
    int uuidsUsed = 0;
    for (var outline : outlines) {
      var parents = new ArrayList<EventId>(outline.references.length);
      for (long reference : outline.references) {
        parents.add(reference == UUID ? uuids.get(uuidsUsed++) : carried(reference, base));
      }
      Collections.sort(parents);
      int from = in.skip(outline.length);
      var event =
          rebuilt.add(
              Stripped.restore(in.array(), from, outline.length, outline.parentsAt, parents));
      if (event != null) {
        received.add(event.id());
      }
      if (rebuilt.faulty()) {
        in.skipToEnd();
        break;
      }
    }
    return rebuilt.give();
  }

  private static List<Outline> outlines(Wire.Reader in, long count) throws Wire.MalformedException {
    in.require(Math.multiplyExact(Math.min(count, Integer.MAX_VALUE), 3L));
    var outlines = new ArrayList<Outline>((int) count);
    long rebuiltSizeBytes = 0;
    for (long i = 0; i < count; i++) {
      long parents = in.number();
      if (parents > Limits.PARENTS_MAX) {
        throw new Wire.MalformedException("an event with " + parents + " parents");
      }
      var references = new long[(int) parents];
      for (int each = 0; each < references.length; each++) {
        references[each] = in.number();
      }
      long parentsAt = in.number();
      long length = in.number();
      rebuiltSizeBytes += length + Stripped.textLength(references.length);
      if (parentsAt > length
          || length > REBUILT_SIZE_BYTES_MAX
          || rebuiltSizeBytes > REBUILT_SIZE_BYTES_MAX) {
        throw new Wire.MalformedException(
            "events of more than " + REBUILT_SIZE_BYTES_MAX + " bytes");
      }
      outlines.add(new Outline(references, parentsAt, length));
    }
    return outlines;
  }

  /// Odd: sent by the other side, which is received here. Even: the other way round.
  private EventId carried(long reference, long base) throws Wire.MalformedException {
    var id =
        reference % 2 == 1
            ? received.id(received.count() - (reference + 1) / 2)
            : sent.id(base - reference / 2);
    if (id == null) {
      throw new Wire.MalformedException("a parent that this link has not carried lately");
    }
    return id;
  }
}
