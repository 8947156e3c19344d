package io.sennit.overlay;

import io.sennit.event.MachineId;
import java.util.List;

/// One machine's place among all: whom it is linked with, and what it passes on to whom. The front door of
/// this package.
///
/// A run is named by the first word of the uuid of its last event. Peers are named by numbers that the driver
/// gives to links and never uses again. `nowNanos` comes from a clock that never goes back; only differences
/// count.
public final class Overlay {
  /// An overlay without links.
  ///
  /// @param self what others are told of this machine; its coordinate is where to begin
  /// @param seed of all its choices
  public Overlay(Contact self, long seed) {
    throw new UnsupportedOperationException(self + " " + seed);
  }

  /// Begins, with machines from the address book, a ticket, or settings.
  public void start(List<Contact> known, long nowNanos, Effects out) {
    throw new UnsupportedOperationException();
  }

  /// There is a link.
  ///
  /// @param peer the link's number, never used before
  /// @param machine who is at the other end, proven
  /// @param dialled whether it began here: because of [Effects#dial], or because somebody told the driver to
  public void up(int peer, MachineId machine, boolean dialled, long nowNanos, Effects out) {
    throw new UnsupportedOperationException();
  }

  /// A link ended.
  public void down(int peer, long nowNanos, Effects out) {
    throw new UnsupportedOperationException();
  }

  /// No link came of [Effects#dial].
  public void unreachable(Contact contact, long nowNanos, Effects out) {
    throw new UnsupportedOperationException();
  }

  /// A peer said something.
  public void received(int peer, OverlayMessage message, long nowNanos, Effects out) {
    throw new UnsupportedOperationException();
  }

  /// A payload came; to be called before it is checked.
  ///
  /// @return false: it is here or being checked already, and need not be looked at
  public boolean arriving(int peer, long run, Route route, long nowNanos) {
    throw new UnsupportedOperationException();
  }

  /// What was arriving is no good: it is forgotten, and asked for elsewhere if somebody else has named it.
  public void refused(int peer, long run, long nowNanos, Effects out) {
    throw new UnsupportedOperationException();
  }

  /// A run of this machine is durable: it is spread.
  public void wrote(long run, int sizeBytes, long nowNanos, Effects out) {
    throw new UnsupportedOperationException();
  }

  /// A run of another machine is here, checked and durable: it is passed on by the route it came with. One that
  /// came without a route (found by reconciliation) is announced; not to be called for what was copied in bulk.
  public void admitted(long run, int sizeBytes, long nowNanos, Effects out) {
    throw new UnsupportedOperationException();
  }

  /// The timer ran out.
  public void timer(long nowNanos, Effects out) {
    throw new UnsupportedOperationException();
  }

  /// Says whether this machine is far behind what others have: then it carries nobody in the trees, if others
  /// can. At first it is not.
  public void behind(boolean behind) {
    throw new UnsupportedOperationException();
  }

  /// Everybody we know of is linked with us, and we are few. Runs are then given to all peers by whoever calls:
  /// [#wrote] and [#admitted] pass nothing on.
  public boolean mesh() {
    throw new UnsupportedOperationException();
  }

  /// Numbers of the links that both sides count on, in no particular but always the same order.
  public int[] peers() {
    throw new UnsupportedOperationException();
  }

  /// What to show.
  public Figures figures() {
    throw new UnsupportedOperationException();
  }

  /// What to keep across a restart: machines that can be dialled, the linked ones first.
  public List<Contact> book() {
    throw new UnsupportedOperationException();
  }
}
