package io.sennit.overlay;

import io.sennit.event.MachineId;
import io.sennit.overlay.OverlayMessage.Kind;
import java.util.ArrayList;
import java.util.List;

/// One overlay, whose peers are played by the test; what it asks for is written down.
final class Lone implements Effects {
  static final long MILLI = 1_000_000;

  /// Within [#circle], and outside of it.
  static final Coordinate MIDST = new Coordinate(3, 3, 1);

  static final Coordinate ASIDE = new Coordinate(150, 3, 1);

  final Contact self;
  final Overlay overlay;
  long now = 77 * MILLI;
  long timerAt = Long.MAX_VALUE;

  /// What was asked for since it was last looked at.
  private List<Object> asked = new ArrayList<>();

  record Said(int peer, OverlayMessage message) {}

  record Dialled(Contact contact) {}

  record HungUp(int peer) {}

  record Given(int peer, long run, Route route) {}

  Lone(long seed) {
    this(contact(0), seed);
  }

  Lone(Contact self, long seed) {
    this.self = self;
    overlay = new Overlay(self, seed);
  }

  static Contact contact(int number) {
    return contact(number, Coordinate.UNKNOWN);
  }

  static Contact contact(int number, Coordinate where) {
    return new Contact(
        new MachineId(Chance.mix(number), number, 0, 0), "host:" + number, Capacity.HOME, where);
  }

  /// Machines on a circle of 100 ms, at equal distances.
  static List<Contact> circle(int count) {
    var all = new ArrayList<Contact>();
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * i / count;
      float x = 100 * (float) Math.cos(angle);
      float y = 100 * (float) Math.sin(angle);
      all.add(contact(100 + i, new Coordinate(x, y, 1)));
    }
    return all;
  }

  /// A sketch of some machines that nobody is linked with.
  static Crowd crowd(int epoch, int machines) {
    var crowd = Crowd.of(epoch, contact(1_000).machine());
    for (int i = 1; i < machines; i++) {
      crowd = crowd.with(Crowd.of(epoch, contact(1_000 + i).machine()));
    }
    return crowd;
  }

  /// A neighbour has counted so many machines.
  void counted(int peer, int machines) {
    says(peer, new OverlayMessage.Ping(1, Coordinate.UNKNOWN, crowd(1, machines)));
  }

  /// Peers from `first` on become neighbours, because they asked.
  void neighbours(int first, int count, Kind kind) {
    for (int peer = first; peer < first + count; peer++) {
      overlay.up(peer, contact(peer).machine(), false, now, this);
      overlay.received(peer, new OverlayMessage.Neighbour(contact(peer), kind, false), now, this);
    }
  }

  void says(int peer, OverlayMessage message) {
    overlay.received(peer, message, now, this);
  }

  /// What was asked for since this was last called.
  List<Object> asked() {
    var all = asked;
    asked = new ArrayList<>();
    return all;
  }

  /// The same, only of one kind.
  <T> List<T> asked(Class<T> kind) {
    return asked().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// What was said since, of one kind.
  <T extends OverlayMessage> List<Said> said(Class<T> kind) {
    return asked(Said.class).stream().filter(said -> kind.isInstance(said.message())).toList();
  }

  void run(long nanos) {
    long end = now + nanos;
    while (timerAt <= end) {
      now = timerAt;
      timerAt = Long.MAX_VALUE;
      overlay.timer(now, this);
    }
    now = end;
  }

  @Override
  public void send(int peer, OverlayMessage message) {
    asked.add(new Said(peer, message));
  }

  @Override
  public void dial(Contact contact) {
    asked.add(new Dialled(contact));
  }

  @Override
  public void hangUp(int peer, String why) {
    asked.add(new HungUp(peer));
  }

  @Override
  public void give(int peer, long run, Route route) {
    asked.add(new Given(peer, run, route));
  }

  @Override
  public void timer(long delayNanos) {
    timerAt = now + delayNanos;
  }
}
