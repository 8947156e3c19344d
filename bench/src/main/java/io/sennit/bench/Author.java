package io.sennit.bench;

import io.sennit.bench.peer.Order;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Run;
import io.sennit.event.Signer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// A machine that writes and does nothing else. The same number is the same key, everywhere.
final class Author implements Signer {
  /// When everybody here wrote everything.
  static final String TIME = "2026-11-22T14:03:22.123Z";

  private final int number;
  private final byte[] secret;
  private final byte[] open = new byte[Ed25519.PUBLIC_KEY_SIZE];
  private final MachineId machine;
  private long said;

  Author(int number) {
    this.number = number;
    this.secret = new Order(number, -1).id();
    Ed25519.generatePublicKey(secret, 0, open, 0);
    var key = ByteBuffer.wrap(open);
    this.machine = new MachineId(key.getLong(), key.getLong(), key.getLong(), key.getLong());
  }

  int number() {
    return number;
  }

  /// A run on top of these parents.
  Run write(List<EventId> parents, int events) {
    var run = new ArrayList<Event>(events);
    var before = parents;
    for (int i = 0; i < events; i++) {
      var draft = draft(new Order(number, said++));
      var event =
          i == events - 1 ? draft.finishSealed(this, before, 0) : draft.finish(machine, before, 0);
      run.add(event);
      before = List.of(event.id());
    }
    return new Run(run);
  }

  static Draft draft(Order order) {
    return switch (Draft.of(order.json().getBytes(StandardCharsets.UTF_8), TIME)) {
      case Draft.Drafting.Drafted(var draft) -> draft;
      case Draft.Drafting.Refused(var why) -> throw new IllegalStateException(why.toString());
    };
  }

  @Override
  public MachineId machine() {
    return machine;
  }

  @Override
  public byte[] sign(byte[] message) {
    var seal = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(secret, 0, open, 0, null, message, 0, message.length, seal, 0);
    return seal;
  }
}
