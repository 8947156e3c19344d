package io.sennit.simulator;

import static io.sennit.simulator.Violation.unless;

import io.sennit.event.MachineId;
import io.sennit.machine.Input;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// A hostile peer: greets, answers what it is told by what its deceit says, and comes again when a
/// machine hangs up on it, until its time is over.
///
/// What it says travels as bytes and is decoded again, so that nothing arrives that could not
/// arrive.
final class Liar implements Visitor {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /// Longer than machines may take to become equal: those have to do it in its presence.
  private static final long STAYS_NANOS = 300 * SECOND_NANOS;

  /// It says no more than this on one link, so that a world comes to its end.
  private static final int SAYS_MAX = 400;

  /// What a hostile peer has to say.
  interface Deceit {
    /// As soon as the link is up.
    List<Message> greeting();

    /// The machine has said this.
    List<Message> answer(Message heard);

    /// Whether it takes what it is given off the link.
    default boolean drains() {
      return true;
    }

    /// Whether the time of the events that it gives is no text by the time they arrive.
    default boolean tampers() {
      return false;
    }
  }

  private static final byte[] TIME = ("\"" + World.TIME + "\"").getBytes(StandardCharsets.US_ASCII);

  /// As long as the true one.
  private static final byte[] NO_TIME =
      "{\"a\":\"aaaaaaaaaaaaaaaaaa\"}".getBytes(StandardCharsets.US_ASCII);

  private final World world;
  private final Site site;
  private final MachineId name;
  private final Deceit deceit;
  private final SplittableRandom random;
  private final long untilNanos;
  private MessageCodec encoder = new MessageCodec();
  private MessageCodec decoder = new MessageCodec();
  private int peer;
  private int life;
  private int says;
  private boolean up;
  private boolean hungUp;
  private boolean gone;
  private long lastArrivalNanos;

  Liar(World world, Site site, MachineId name, Deceit deceit, SplittableRandom random) {
    this.world = world;
    this.site = site;
    this.name = name;
    this.deceit = deceit;
    this.random = random;
    this.untilNanos = world.nowNanos() + random.nextLong(2 * SECOND_NANOS, STAYS_NANOS);
    world.visited(this);
    connect();
    world.at(untilNanos, this::leave);
  }

  private void connect() {
    if (!gone && site.running()) {
      site.live(this::greet);
    } else {
      comeAgain();
    }
  }

  private void greet() {
    if (gone || up) {
      return;
    }
    encoder = new MessageCodec();
    decoder = new MessageCodec();
    says = 0;
    hungUp = false;
    up = true;
    life = site.life();
    peer = site.linked(this);
    lastArrivalNanos = world.nowNanos();
    site.handle(new Input.PeerUp(peer, name));
    say(deceit.greeting());
  }

  private void say(List<Message> messages) {
    for (var message : messages) {
      if (++says > SAYS_MAX) {
        return;
      }
      lastArrivalNanos = Math.max(lastArrivalNanos, world.nowNanos() + world.latencyNanos());
      int link = peer;
      var bytes = encoder.encode(message);
      boolean tampered = deceit.tampers() && tamper(bytes);
      world.lied(bytes);
      world.at(lastArrivalNanos, () -> site.live(() -> arrive(link, bytes, tampered)));
    }
  }

  /// Whether there was a time to tamper with.
  private static boolean tamper(byte[] bytes) {
    for (int at = 0; at + TIME.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + TIME.length, TIME, 0, TIME.length)) {
        System.arraycopy(NO_TIME, 0, bytes, at, NO_TIME.length);
        return true;
      }
    }
    return false;
  }

  /// What does not decode ends the link, as it does in the node.
  private void arrive(int link, byte[] bytes, boolean tampered) {
    if (!up || hungUp || link != peer || life != site.life()) {
      return;
    }
    switch (decoder.decode(bytes)) {
      case MessageCodec.Decoding.Decoded(var message) -> {
        unless(
            !tampered || (message instanceof Message.Give give && give.fault().isPresent()),
            "RULE",
            () -> "an event whose time is no text is taken for an event");
        site.received(peer, message, world.nowNanos());
      }
      case MessageCodec.Decoding.Refused(var why) -> {
        world.words(site.number(), "a hostile peer's message does not decode: " + why);
        hangUp(site, peer);
      }
    }
  }

  @Override
  public void send(Site from, int to, Message message) {
    if (!up || to != peer) {
      return;
    }
    if (message.gives() && deceit.drains()) {
      world.in(
          world.latencyNanos(),
          () ->
              site.live(() -> {
                if (up && to == peer) {
                  site.handle(new Input.Drained(to));
                }
              }));
    }
    say(deceit.answer(message));
  }

  @Override
  public void hangUp(Site from, int to) {
    if (!hungUp) {
      hungUp = true;
      world.tally().count(Fault.CONDEMNED);
      world.in(0, () -> site.live(this::down));
      comeAgain();
    }
  }

  private void down() {
    if (up && site.life() == life) {
      up = false;
      site.unlinked(peer);
      site.handle(new Input.PeerDown(peer));
    }
  }

  private void comeAgain() {
    long afterNanos = random.nextLong(SECOND_NANOS / 2, 8 * SECOND_NANOS);
    if (!gone && world.nowNanos() + afterNanos < untilNanos) {
      world.in(afterNanos, this::connect);
    }
  }

  @Override
  public void died(Site from, int to) {
    up = false;
    comeAgain();
  }

  @Override
  public void leave() {
    gone = true;
    site.live(this::down);
  }

  @Override
  public String toString() {
    return "a hostile peer of " + site;
  }
}
