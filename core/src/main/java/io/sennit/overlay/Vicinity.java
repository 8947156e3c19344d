package io.sennit.overlay;

import io.sennit.overlay.Dials.Purpose;
import java.util.Arrays;

/// How far the neighbours are, whether they are there at all, and whether somebody nearer could
/// take the place of one.
///
/// A ping serves four ends: it measures, it moves the coordinate, it shows that the link is alive,
/// and it tells how many machines there are.
final class Vicinity {
  static final int PING_MILLIS_MIN = 20_000;
  static final int PING_MILLIS_MAX = 30_000;

  /// A new link is measured after this time, and whenever its age has become three times as much:
  /// coordinates need many measurements before they tell anything.
  static final int PING_MILLIS_FIRST = 1_000;

  /// A ping is sent earlier by up to this share of the link's age, if another one is due: a machine
  /// wakes up less often.
  private static final int EARLY = 4;

  private static final int EARLY_MILLIS_MAX = 2_500;

  /// A link on which nothing was heard for so long is dead: two pings were not answered.
  static final int SILENCE_MILLIS = 60_000;

  /// Who has not answered for so long may be gone: others are looked for, and all neighbours are
  /// asked, because what took one may have taken more.
  static final int DOUBT_MILLIS = 5_000;

  /// When nobody has said anything for so long, one neighbour is asked: all may be gone without a
  /// word.
  static final int QUIET_MILLIS = 5_000;

  /// Somebody nearer is looked for so often at first, …
  static final int SEARCH_MILLIS_MIN = 5_000;

  /// … and so often when that has been in vain for long.
  static final int SEARCH_MILLIS_MAX = 240_000;

  /// A link that is lost makes it twice as often, but not more often than this: where all are about
  /// as far away, exchanges would bring about others.
  private static final int SEARCH_MILLIS_LOST = 10_000;

  /// Of the passive view, so many are looked at: each costs a few cache lines.
  private static final int SEARCH_SAMPLE = 24;

  /// No round trip is longer; a peer that echoes something else is not believed.
  private static final int ROUND_TRIP_MICROS_MAX = 60_000_000;

  private final Links links;
  private final Membership membership;
  private final Census census;
  private final Chance chance;
  private final Vivaldi place;
  private int[] pingAt = new int[8];

  /// By slot, when the first ping was sent that was not followed by anything.
  private int[] pingedAt = new int[8];

  /// All were asked, and until then they have time to answer.
  private boolean asking;

  private int doubtAt;
  private int quietAt;
  private int nextPingAt;
  private int searchAt;
  private int searchMillis = SEARCH_MILLIS_MIN;

  /// Where a link was found that should be shorter than this; −1: nowhere.
  private int hopedSlot = -1;

  private int hopedMicros;

  Vicinity(Links links, Membership membership, Census census, Chance chance) {
    this.links = links;
    this.membership = membership;
    this.census = census;
    this.chance = chance;
    place = new Vivaldi(membership.self().coordinate(), chance);
  }

  Coordinate coordinate() {
    return place.coordinate();
  }

  void start(int now) {
    census.start(now);
    searchAt = now + chance.between(SEARCH_MILLIS_MIN / 2, SEARCH_MILLIS_MIN);
    nextPingAt = now + PING_MILLIS_MIN;
    quietAt = now + QUIET_MILLIS;
  }

  void gained(int slot, int now, long nowNanos, Effects out) {
    if (slot >= pingAt.length) {
      pingAt = Arrays.copyOf(pingAt, links.end());
      pingedAt = Arrays.copyOf(pingedAt, links.end());
    }
    pingedAt[slot] = links.heardAt(slot);
    if (links.dialled(slot) && links.wasSearched(slot)) {
      int old = membership.replaceable(now);
      hopedSlot = old < 0 ? -1 : slot;
      hopedMicros = old < 0 ? 0 : links.roundTrip(old);
    }
    ping(slot, now, nowNanos, out);
    if (nextPingAt - pingAt[slot] > 0) {
      nextPingAt = pingAt[slot];
    }
  }

  void lost(int slot, int now) {
    if (slot == hopedSlot) {
      hopedSlot = -1;
    }
    if (searchMillis > 2 * SEARCH_MILLIS_LOST) {
      searchMillis /= 2;
    }
    if (searchAt - now > searchMillis) {
      searchAt = now + chance.between(searchMillis / 2, searchMillis);
    }
  }

  private void ping(int slot, int now, long nowNanos, Effects out) {
    int age = now - links.since(slot);
    int usual = chance.between(PING_MILLIS_MIN, PING_MILLIS_MAX);
    boolean young = age >= 0 && age < PING_MILLIS_MIN / 2;
    pingAt[slot] = now + (young ? Math.max(PING_MILLIS_FIRST, 2 * age) : usual);
    if (!isAsked(slot)) {
      pingedAt[slot] = now;
    }
    out.send(
        links.peer(slot),
        new OverlayMessage.Ping(nowNanos / 1_000, coordinate(), census.crowd(now)));
  }

  /// Has nothing come since a ping was sent?
  private boolean isAsked(int slot) {
    return links.heardAt(slot) - pingedAt[slot] < 0;
  }

  /// A neighbour is gone: asks the others whether they are there.
  void askAll(int now, long nowNanos, Effects out) {
    for (long rest = links.active(); rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      if (!isAsked(slot)) {
        ping(slot, now, nowNanos, out);
      }
    }
    expect(now);
  }

  /// Looks for answers when there was time for them.
  private void expect(int now) {
    asking = true;
    doubtAt = now + DOUBT_MILLIS;
    if (nextPingAt - doubtAt > 0) {
      nextPingAt = doubtAt;
    }
  }

  /// Asks the neighbour that was silent longest, if nobody has said anything for a while.
  private void listen(int now, long nowNanos, Effects out) {
    int silent = -1;
    int heardAt = now - QUIET_MILLIS;
    for (long rest = links.active(); rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      if (links.heardAt(slot) - heardAt > 0) {
        heardAt = links.heardAt(slot);
      }
      if (silent < 0 || links.heardAt(slot) - links.heardAt(silent) < 0) {
        silent = slot;
      }
    }
    boolean quiet = now - heardAt >= QUIET_MILLIS;
    if (quiet && silent >= 0 && !isAsked(silent)) {
      ping(silent, now, nowNanos, out);
      expect(now);
    }
    quietAt = (quiet ? now : heardAt) + QUIET_MILLIS;
  }

  void pinged(int slot, OverlayMessage.Ping ping, int now, Effects out) {
    out.send(links.peer(slot), new OverlayMessage.Pong(ping.sentMicros(), coordinate()));
    if (links.isActive(slot)) {
      census.heard(ping.crowd(), now);
    }
    if (links.isActive(slot) && links.roundTrip(slot) >= 0) {
      move(links.roundTrip(slot), ping.coordinate());
    }
  }

  void answered(int slot, OverlayMessage.Pong pong, long nowNanos) {
    long micros = nowNanos / 1_000 - pong.echoMicros();
    if (!links.isActive(slot) || micros < 0 || micros > ROUND_TRIP_MICROS_MAX) {
      return;
    }
    int old = links.roundTrip(slot);
    links.measured(slot, (int) (old < 0 ? micros : old + (micros - old) / 4));
    if (slot == hopedSlot) {
      hopedSlot = -1;
      searchMillis = micros < hopedMicros ? SEARCH_MILLIS_MIN : longer();
    }
    move((int) micros, pong.coordinate());
  }

  private int longer() {
    return Math.min(SEARCH_MILLIS_MAX, 2 * searchMillis);
  }

  /// The way to a peer that says it is there took so long.
  private void move(int micros, Coordinate peer) {
    place.measured(micros, peer);
    var self = membership.self();
    if (place.hasMovedFrom(self.coordinate())) {
      membership.renew(
          new Contact(self.machine(), self.address(), self.capacity(), place.coordinate()));
    }
  }

  void due(int now, long nowNanos, Effects out) {
    if (now - quietAt >= 0) {
      listen(now, nowNanos, out);
    }
    if (now - nextPingAt >= 0) {
      pingAll(now, nowNanos, out);
    }
    if (now - searchAt >= 0) {
      search(now, out);
      searchAt = now + chance.between(searchMillis / 2, searchMillis);
    }
  }

  private void pingAll(int now, long nowNanos, Effects out) {
    long doubtful = links.doubtful();
    for (long rest = links.active(); rest != 0; rest &= rest - 1) {
      int slot = Long.numberOfTrailingZeros(rest);
      if (now - links.heardAt(slot) > SILENCE_MILLIS) {
        membership.drop(slot, "silent", now, out);
        continue;
      }
      if (isAsked(slot) && now - pingedAt[slot] >= DOUBT_MILLIS) {
        links.doubt(slot);
      }
      if (now + early(slot, now) - pingAt[slot] >= 0) {
        ping(slot, now, nowNanos, out);
      }
    }
    asking = asking && doubtAt - now > 0;
    nextPingAt = asking ? doubtAt : now + PING_MILLIS_MAX;
    if ((links.doubtful() & ~doubtful) != 0) {
      askAll(now, nowNanos, out);
      membership.doubted(now, out);
    }
    for (long rest = links.active(); rest != 0; rest &= rest - 1) {
      int at = pingAt[Long.numberOfTrailingZeros(rest)];
      if (nextPingAt - at > 0) {
        nextPingAt = at;
      }
    }
  }

  private int early(int slot, int now) {
    int age = now - links.since(slot);
    return age < 0 ? EARLY_MILLIS_MAX : Math.min(age / EARLY, EARLY_MILLIS_MAX);
  }

  /// Dials somebody who seems to be nearer than a neighbour that may be given up.
  private void search(int now, Effects out) {
    int old = membership.replaceable(now);
    var passive = membership.passive();
    int size = passive.size();
    if (old < 0 || size == 0 || !coordinate().known()) {
      return;
    }
    int looked = Math.min(size, SEARCH_SAMPLE);
    int place = chance.below(size);
    float least = links.roundTrip(old) / (1_000 * Membership.NEARER);
    Contact nearest = null;
    for (int i = 0; i < looked; i++, place = place + 1 == size ? 0 : place + 1) {
      float millis = coordinate().predictedMillis(passive.get(place).coordinate());
      if (millis < least) {
        least = millis;
        nearest = passive.get(place);
      }
    }
    searchMillis = nearest == null ? longer() : Math.min(longer(), searchMillis * 5 / 4);
    if (nearest != null) {
      membership.dial(nearest, Purpose.NEARER, out);
    }
  }

  /// Milliseconds until [#due] is wanted.
  int wait(int now) {
    return Math.max(0, Math.min(Math.min(nextPingAt - now, quietAt - now), searchAt - now));
  }
}
