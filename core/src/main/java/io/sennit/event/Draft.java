package io.sennit.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an application wants to say: its properties in canonical form, before they have a place in
/// the DAG.
///
/// Making a draft does everything that does not depend on the DAG, so any thread may do it;
/// finishing it puts the system members in their sorted places and hashes the result.
///
/// ```text
///   { …  machine  …  parents  …  sig  … time …  tips  …  uuid  … }
///     ▲            ▲           ▲       ▲           ▲             ▲     pieces, kept as bytes
/// ```
public final class Draft {
  /// What became of an application's JSON.
  public sealed interface Drafting {
    /// Ready to be given a place.
    record Drafted(Draft draft) implements Drafting {}

    /// The application has to change something.
    record Refused(Rejection rejection) implements Drafting {}
  }

  private static final Set<String> RESERVED =
      new TreeSet<>(List.of("machine", "parents", "sennit", "sig", "tips", "uuid"));

  private static final int MACHINE_MEMBER_LENGTH = 10 + 2 + MachineId.TEXT_LENGTH + 1;
  private static final int PARENTS_MEMBER_LENGTH = 10 + 2 + 1;

  /// `"tips":` and the largest whole number, which has 16 digits.
  private static final int TIPS_MEMBER_LENGTH_MAX = 7 + 16 + 1;

  /// Members between two system members, each with a comma behind it.
  private final byte[] beforeMachine;

  private final byte[] beforeParents;
  private final byte[] beforeSig;
  private final byte[] beforeTips;
  private final byte[] beforeUuid;
  private final byte[] afterUuid;

  /// @param members the application's, `time` among them; in R also `sennit`
  Draft(NavigableMap<String, byte[]> members) {
    beforeMachine = piece(members.headMap("machine", false));
    beforeParents = piece(members.subMap("machine", false, "parents", false));
    beforeSig = piece(members.subMap("parents", false, "sig", false));
    beforeTips = piece(members.subMap("sig", false, "tips", false));
    beforeUuid = piece(members.subMap("tips", false, "uuid", false));
    afterUuid = piece(members.tailMap("uuid", false));
  }

  private static byte[] piece(NavigableMap<String, byte[]> members) {
    var out = new ByteArrayOutputStream();
    members.forEach((name, value) -> {
      Canonical.write(name, out);
      out.write(':');
      out.writeBytes(value);
      out.write(',');
    });
    return out.toByteArray();
  }

  /// Takes any JSON object that keeps the rules of the format.
  ///
  /// @param json UTF-8
  /// @param time RFC 3339, UTC, milliseconds; used when the application says none
  public static Drafting of(byte[] json, String time) {
    try {
      var members = Canonical.members(json);
      for (var name : RESERVED) {
        if (members.containsKey(name)) {
          throw new Fault(Reason.RESERVED_NAME, name + ": the system sets it; choose another name");
        }
      }
      var own = members.putIfAbsent("time", quoted(time));
      if (own != null && own[0] != '"') {
        throw new Fault(Reason.MALFORMED_MEMBER, "time: it must be a string");
      }
      var draft = new Draft(members);
      if (draft.sizeBytes() > Limits.EVENT_SIZE_BYTES_MAX) {
        throw new Fault(
            Reason.TOO_LARGE,
            draft.sizeBytes()
                + " bytes with what the system adds, over "
                + Limits.EVENT_SIZE_BYTES_MAX);
      }
      return new Drafting.Drafted(draft);
    } catch (Fault fault) {
      return new Drafting.Refused(fault.rejection());
    }
  }

  private static byte[] quoted(String text) {
    var out = new ByteArrayOutputStream();
    Canonical.write(text, out);
    return out.toByteArray();
  }

  /// Bytes of the event it becomes, measured as the limit measures: system members in their largest
  /// form.
  public int sizeBytes() {
    return pieces()
        + MACHINE_MEMBER_LENGTH
        + PARENTS_MEMBER_LENGTH
        + Event.SIG_MEMBER_LENGTH
        + TIPS_MEMBER_LENGTH_MAX;
  }

  private int pieces() {
    return 1
        + beforeMachine.length
        + beforeParents.length
        + beforeSig.length
        + beforeTips.length
        + beforeUuid.length
        + afterUuid.length;
  }

  /// The event without a seal.
  ///
  /// @param parents ascending, unique, not empty
  /// @param tips how many tips the creator held, or 0 when `parents` names them all
  public Event finish(MachineId machine, List<EventId> parents, long tips) {
    return event(machine, parents, tips, null);
  }

  /// The event with its seal, which ends a run.
  public Event finishSealed(Signer signer, List<EventId> parents, long tips) {
    var unsealed = assemble(signer.machine(), parents, tips, null).bytes;
    return event(signer.machine(), parents, tips, signer.sign(unsealed));
  }

  private Event event(MachineId machine, List<EventId> parents, long tips, byte @Nullable [] seal) {
    var whole = assemble(machine, parents, tips, seal);
    return new Event(Hash.of(whole.bytes), machine, parents, whole.bytes, whole.layout);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
  private record Assembled(byte[] bytes, Event.Layout layout) {}

  private Assembled assemble(
      MachineId machine, List<EventId> parents, long tips, byte @Nullable [] seal) {
    int parentsLength = Math.max(2, parents.size() * (EventId.TEXT_LENGTH + 3) + 1);
    var tipsMember = tips == 0 ? "" : "\"tips\":" + tips + ",";
    var out =
        new Bytes(
            pieces()
                + MACHINE_MEMBER_LENGTH
                + PARENTS_MEMBER_LENGTH
                - 2
                + parentsLength
                + (seal == null ? 0 : Event.SIG_MEMBER_LENGTH)
                + tipsMember.length());
    out.add('{').add(beforeMachine).add("\"machine\":\"").add(machine.toString()).add("\",");
    out.add(beforeParents).add("\"parents\":");
    int parentsFrom = out.at;
    out.add('[');
    for (int i = 0; i < parents.size(); i++) {
      out.add(i == 0 ? "\"" : ",\"").add(parents.get(i)).add('"');
    }
    out.add(']');
    int parentsTo = out.at;
    out.add(',').add(beforeSig);
    int sigFrom = -1;
    if (seal != null) {
      sigFrom = out.at;
      var text = Base64.getUrlEncoder().withoutPadding().encodeToString(seal);
      out.add("\"sig\":\"").add(text).add("\",");
    }
    out.add(beforeTips).add(tipsMember).add(beforeUuid);
    int uuidAt = out.at;
    out.add(afterUuid);
    out.bytes[out.at - 1] = '}'; // time is always there, so this was a comma
    if (afterUuid.length == 0) {
      uuidAt--;
    }
    return new Assembled(
        out.bytes, new Event.Layout(parentsFrom, parentsTo, sigFrom, uuidAt, tips));
  }

  /// Bytes of a length that is known beforehand.
  private static final class Bytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    final byte[] bytes;
    int at;

    Bytes(int length) {
      bytes = new byte[length];
    }

    Bytes add(char c) {
      bytes[at++] = (byte) c;
      return this;
    }

    Bytes add(byte[] piece) {
      System.arraycopy(piece, 0, bytes, at, piece.length);
      at += piece.length;
      return this;
    }

    Bytes add(String ascii) {
      for (int i = 0; i < ascii.length(); i++) {
        bytes[at++] = (byte) ascii.charAt(i);
      }
      return this;
    }

    Bytes add(EventId id) {
      word(id.a());
      word(id.b());
      word(id.c());
      word(id.d());
      return this;
    }

    private void word(long word) {
      for (int shift = 60; shift >= 0; shift -= 4) {
        bytes[at++] = HEX[(int) (word >>> shift) & 15];
      }
    }
  }
}
