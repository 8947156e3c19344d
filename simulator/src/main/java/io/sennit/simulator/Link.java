package io.sennit.simulator;

import io.sennit.machine.Input;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import org.jspecify.annotations.Nullable;

/// A connection between two sites, dialled by the first. Bytes arrive in order, after a delay, or
/// not at all: when one is lost, so is everything after it in that direction, and the ends find out
/// later, each at its own time. That is how TCP fails.
public final class Link implements Line {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private enum State {
    OPENING,
    UP,
    GONE
  }

  /// What the site at this end knows, and how messages travel towards it.
  private static final class End {
    final Site site;
    final int peer;
    final long lagNanos;
    final long nanosPerByte;
    final MessageCodec codec = new MessageCodec();
    State state = State.OPENING;
    boolean deaf;
    long stalledUntilNanos;
    long lastArrivalNanos;

    End(Site site, int peer, long lagNanos, long nanosPerByte) {
      this.site = site;
      this.peer = peer;
      this.lagNanos = lagNanos;
      this.nanosPerByte = nanosPerByte;
    }
  }

  private final World world;
  private final End a;
  private final End b;

  /// Whether what arrives is decoded from its bytes, or taken as it was said. Decoding costs more
  /// than everything else here, and has tests of its own; so one link in four does it.
  private final boolean decodes;

  Link(World world, Site a, Site b) {
    this.world = world;
    this.decodes = world.below(4) == 0;
    this.a = end(a);
    this.b = end(b);
  }

  private End end(Site site) {
    long lagNanos = world.below(4) == 0 ? world.below(300_000_000) : 0;
    long nanosPerByte = world.below(8) == 0 ? 1 + world.below(10_000) : 0;
    return new End(site, site.linked(this), lagNanos, nanosPerByte);
  }

  /// Both ends learn of it, the second one a little later.
  void open() {
    b.lastArrivalNanos = world.nowNanos() + world.latencyNanos();
    world.at(b.lastArrivalNanos, () -> b.site.live(() -> up(b)));
    a.site.live(() -> up(a));
  }

  private void up(End end) {
    if (end.state == State.OPENING) {
      end.state = State.UP;
      var machine = other(end).site.signer().machine();
      end.site.handle(new Input.PeerUp(end.peer, machine, end == a));
    }
  }

  private End other(End end) {
    return end == a ? b : a;
  }

  private End endOf(Site site, int peer) {
    return a.site == site && a.peer == peer ? a : b;
  }

  @Override
  public void send(Site from, int peer, Message message) {
    var here = endOf(from, peer);
    var there = other(here);
    if (here.state != State.UP) {
      return;
    }
    var bytes = here.codec.encode(message);
    var heard = heard(message);
    world.said(heard, bytes);
    long sentNanos = world.nowNanos();
    long leavesNanos = Math.max(sentNanos, there.stalledUntilNanos);
    long arrivalNanos =
        Math.max(
            there.lastArrivalNanos,
            leavesNanos
                + world.latencyNanos()
                + there.lagNanos
                + there.nanosPerByte * bytes.length);
    there.lastArrivalNanos = arrivalNanos;
    var kept = decodes ? bytes : null;
    world.at(arrivalNanos, () -> arrive(here, there, heard, kept, sentNanos));
  }

  /// What is packed is never heard as such.
  static Message heard(Message message) {
    var codec = new MessageCodec();
    return message instanceof Message.Packed ? decoded(codec, codec.encode(message)) : message;
  }

  private void arrive(
      End here, End there, Message message, byte @Nullable [] bytes, long sentNanos) {
    if (there.deaf || there.state == State.GONE) {
      world.tally().count(Fault.VANISHED);
      return;
    }
    if (message instanceof Message.Give) {
      here.site.live(() -> {
        if (here.state == State.UP) {
          here.site.handle(new Input.Drained(here.peer));
        }
      });
    }
    there.site.live(() -> {
      if (there.state == State.UP) {
        there.site.received(
            there.peer, bytes == null ? message : decoded(there.codec, bytes), sentNanos);
      }
    });
  }

  private static Message decoded(MessageCodec codec, byte[] bytes) {
    return switch (codec.decode(bytes)) {
      case MessageCodec.Decoding.Decoded(var message) -> message;
      case MessageCodec.Decoding.Refused(var why) ->
          throw new Violation("CORE", "a message of ours does not decode: " + why);
    };
  }

  /// Both ends learn at once that it is over.
  void cut() {
    down(a);
    down(b);
  }

  /// Each end learns within so long that it is over; until then messages arrive.
  void breakWithin(long nanos) {
    world.in(world.below(nanos), () -> a.site.live(() -> down(a)));
    world.in(world.below(nanos), () -> b.site.live(() -> down(b)));
  }

  /// From now on nothing arrives at this site, or at either for null; the ends find out later.
  void fallSilent(boolean atA, boolean atB) {
    a.deaf |= atA;
    b.deaf |= atB;
    breakWithin(20 * SECOND_NANOS);
  }

  /// Everything that is said from now on towards one end is held back for so long.
  void stall(boolean atA, long nanos) {
    (atA ? a : b).stalledUntilNanos = world.nowNanos() + nanos;
  }

  /// Whatever was held back may flow.
  void flow() {
    a.stalledUntilNanos = 0;
    b.stalledUntilNanos = 0;
  }

  private void down(End end) {
    if (end.state == State.GONE) {
      return;
    }
    boolean knew = end.state == State.UP;
    end.state = State.GONE;
    end.site.unlinked(end.peer);
    forget();
    if (knew) {
      end.site.handle(new Input.PeerDown(end.peer));
    }
  }

  private void forget() {
    if (a.state == State.GONE && b.state == State.GONE) {
      world.forget(this);
    }
  }

  @Override
  public void hangUp(Site from, int peer) {
    var here = endOf(from, peer);
    var there = other(here);
    world.in(0, () -> here.site.live(() -> down(here)));
    long afterNanos = Math.max(there.lastArrivalNanos, world.nowNanos() + world.latencyNanos());
    world.at(afterNanos, () -> there.site.live(() -> down(there)));
  }

  @Override
  public void died(Site from, int peer) {
    var here = endOf(from, peer);
    var there = other(here);
    here.state = State.GONE;
    forget();
    world.in(world.below(5 * SECOND_NANOS), () -> there.site.live(() -> down(there)));
  }

  boolean connects(Site one, Site other) {
    return (a.site == one && b.site == other) || (a.site == other && b.site == one);
  }

  /// Whether both ends are up and hear each other.
  boolean sound() {
    return a.state == State.UP && b.state == State.UP && !a.deaf && !b.deaf;
  }

  /// The site at the first end.
  Site first() {
    return a.site;
  }

  /// The site at the second end.
  Site second() {
    return b.site;
  }
}
