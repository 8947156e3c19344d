package io.sennit.sync;

import io.sennit.dag.Distances;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Run;
import io.sennit.event.Stripped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Runs as bytes, without uuids, and with parents named by what the link has carried before, in
/// either direction. `docs/protocol.md` has the table.
///
/// Both ends see the same sequences. Each direction numbers all uuids that it has brought to the
/// other end: of the events it carried, and those it said in full; only the same direction refers
/// to them, so both ends are always at the same place. And it numbers the events alone, for the
/// other direction, which is behind by as much as the link has under way. A parent that was not
/// carried lately is named by its uuid, once. One thread encodes, one decodes.
final class GiveCodec {
  /// Bytes of all events of a message once rebuilt, at most.
  static final long REBUILT_SIZE_BYTES_MAX = 16L * 1024 * 1024;

  /// How far back among the events that this side received a parent may stand. The other side
  /// remembers those it sent for longer than so many plus what the link may have under way.
  static final int RECEIVED_REACH = 16_384;

  private static final int UUID = 0;

  /// Uuids and events of this direction: what the encoder has said, and what the decoder has heard.
  private final Carried said = new Carried();

  private final Carried heard = new Carried();

  /// Events alone, which the opposite direction may name.
  private final Carried sent = new Carried();

  private final Carried received = new Carried();

  /// These were said in full.
  void said(List<EventId> ids) {
    ids.forEach(said::add);
  }

  /// These were heard in full.
  void heard(List<EventId> ids) {
    ids.forEach(heard::add);
  }

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
        said.add(event.id());
        sent.add(event.id());
      }
    }
    out.raw(uuids).raw(bodies);
  }

  private void encode(Wire.Writer out, Wire.Writer uuids, Event event, long base) {
    var parents = event.parents();
    var references = new long[parents.size()];
    var inFull = new ArrayList<EventId>();
    long next = said.count();
    for (int i = 0; i < references.length; i++) {
      references[i] = reference(parents.get(i), next, base);
      if (references[i] == UUID) {
        uuids.id(parents.get(i));
        inFull.add(parents.get(i));
      }
    }
    said(inFull);
    Arrays.sort(references);
    Distances.write(out, references);
    out.number(Stripped.parentsAt(event)).number(Stripped.length(event));
  }

  private long reference(EventId parent, long next, long base) {
    long number = said.number(parent, next, Carried.REMEMBERED);
    if (number >= 0) {
      return 2 * (next - number) - 1;
    }
    number = received.number(parent, base, RECEIVED_REACH);
    return number >= 0 ? 2 * (base - number) : UUID;
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
      long next = heard.count();
      for (long reference : outline.references) {
        if (reference != UUID) {
          parents.add(carried(reference, next, base));
        }
      }
      var inFull = uuids.subList(uuidsUsed, uuidsUsed + outline.references.length - parents.size());
      uuidsUsed += inFull.size();
      heard(inFull);
      parents.addAll(inFull);
      Collections.sort(parents);
      int from = in.skip(outline.length);
      var event =
          rebuilt.add(
              Stripped.restore(in.array(), from, outline.length, outline.parentsAt, parents));
      if (event != null) {
        heard.add(event.id());
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
      var references = Distances.read(in);
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

  /// Odd: said by the other side, which is heard here. Even: an event sent from here.
  private EventId carried(long reference, long next, long base) throws Wire.MalformedException {
    var id =
        reference % 2 == 1 ? heard.id(next - (reference + 1) / 2) : sent.id(base - reference / 2);
    if (id == null) {
      throw new Wire.MalformedException("a parent that this link has not carried lately");
    }
    return id;
  }
}
