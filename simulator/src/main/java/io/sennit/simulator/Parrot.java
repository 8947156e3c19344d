package io.sennit.simulator;

import io.sennit.event.MachineId;
import io.sennit.machine.Input;
import io.sennit.sync.Message;
import java.util.List;

/// A peer that says what others have said: whole messages again, in any order, over a new link. It
/// never answers.
final class Parrot implements Visitor {
  private final World world;
  private final Site site;
  private final int peer;
  private final int life;
  private boolean up = true;
  private boolean silent;

  /// Visits a site, says all this, and leaves after a while.
  Parrot(World world, Site site, MachineId name, List<Message> messages, long staysNanos) {
    this.world = world;
    this.site = site;
    this.life = site.life();
    this.peer = site.linked(this);
    site.handle(new Input.PeerUp(peer, name));
    long sentNanos = world.nowNanos();
    long atNanos = sentNanos;
    for (var message : messages) {
      atNanos += world.latencyNanos();
      world.at(
          atNanos,
          () ->
              site.live(() -> {
                if (up && !silent) {
                  site.received(peer, message, sentNanos);
                }
              }));
    }
    world.at(atNanos + staysNanos, () -> site.live(this::leave));
    world.visited(this);
  }

  @Override
  public void leave() {
    if (up && site.life() == life) {
      up = false;
      site.unlinked(peer);
      site.handle(new Input.PeerDown(peer));
    }
  }

  @Override
  public void send(Site from, int to, Message message) {
    if (message.gives()) {
      world.in(
          world.latencyNanos(),
          () ->
              site.live(() -> {
                if (up) {
                  site.handle(new Input.Drained(peer));
                }
              }));
    }
  }

  @Override
  public void hangUp(Site from, int to) {
    silent = true;
    world.in(0, () -> site.live(this::leave));
  }

  @Override
  public void died(Site from, int to) {
    up = false;
  }
}
