package io.sennit.simulator;

import io.sennit.dag.Digests;
import io.sennit.dag.Key;
import io.sennit.event.EventId;
import io.sennit.event.Run;
import io.sennit.sync.AuthorTips;
import io.sennit.sync.Frontier;
import io.sennit.sync.Ladder;
import io.sennit.sync.Message;
import io.sennit.sync.Range;
import io.sennit.sync.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Lets strangers who mean harm visit machines. Their keys are theirs, so their seals are good;
/// what they say is not.
final class Hostility {
  /// Their keys; every now and then one comes again.
  private static final int STRANGERS = 1_000_000;

  private static final int WANTED_MAX = 4096;

  private final World world;
  private final Site victim;
  private final Site other;
  private final SplittableRandom random;
  private final PretendKey key;

  /// Says its piece, whatever it is told.
  private record Speech(List<Message> greeting, boolean drains, boolean tampers)
      implements Liar.Deceit {
    @Override
    public List<Message> answer(Message heard) {
      return List.of();
    }
  }

  /// @param other where the second of two chains goes
  Hostility(World world, Site victim, Site other, SplittableRandom random) {
    this.world = world;
    this.victim = victim;
    this.other = other;
    this.random = random;
    this.key = PretendKey.number(STRANGERS + random.nextInt(1000));
  }

  /// Whether it came to it.
  boolean does(Fault fault) {
    switch (fault) {
      case SILENT -> visit(victim, new Speech(silence(), false, false));
      case FALSE_TIPS, FALSE_AUTHORS ->
          visit(
              victim,
              new FalseClaims(
                  world.root().event().id(),
                  victim.store(),
                  fault == Fault.FALSE_AUTHORS,
                  random.split()));
      case GREED -> visit(victim, new Speech(greed(), random.nextInt(4) > 0, false));
      case BOMB -> give(victim, strangers(victim).bombs(), false);
      case UNLAWFUL -> {
        var strangers = strangers(victim);
        if (random.nextInt(8) == 0) {
          give(victim, strangers.lawful(random.nextInt(1, 5)), true);
        } else {
          give(victim, strangers.unlawful(), false);
        }
      }
      case FUTURE -> give(victim, strangers(victim).beforeTheirParents(), false);
      case TWO_CHAINS -> {
        if (!other.running() || other == victim) {
          return false;
        }
        var chains = strangers(victim).twoChains();
        give(victim, chains.getFirst(), false);
        give(other, chains.getLast(), false);
      }
      default -> throw new IllegalStateException(fault + " is not a stranger's");
    }
    return true;
  }

  private StrangeRuns strangers(Site site) {
    return new StrangeRuns(world.lies(), site.store(), key, random.split());
  }

  private void visit(Site site, Liar.Deceit deceit) {
    var its = random.split();
    site.live(() -> new Liar(world, site, key.machine(), deceit, its));
  }

  /// One run a message, sometimes all in one; then it says that this was all.
  private void give(Site site, List<Run> runs, boolean tampers) {
    var messages = new ArrayList<Message>();
    messages.add(hello(random.nextInt(4) == 0));
    if (random.nextInt(4) == 0) {
      messages.add(new Message.Give(runs, Optional.empty()));
    } else {
      runs.forEach(run -> messages.add(new Message.Give(List.of(run), Optional.empty())));
    }
    if (random.nextBoolean()) {
      messages.add(new Message.End());
    }
    visit(site, new Speech(messages, true, tampers));
  }

  /// It holds R alone, it says.
  private Message hello(boolean open) {
    var root = List.of(world.root().event().id());
    return new Message.Hello(
        Message.VERSION,
        root.getFirst(),
        "",
        open,
        new Snapshot(
            new Frontier(1, Digests.ofTips(root), root, 1),
            random.nextLong(),
            new Ladder(0, List.of()),
            new AuthorTips(0, List.of())));
  }

  private List<Message> silence() {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(hello(true));
      case 1 ->
          new FalseClaims(
                  world.root().event().id(), victim.store(), random.nextBoolean(), random.split())
              .greeting();
      default -> List.of();
    };
  }

  private List<Message> greed() {
    var messages = new ArrayList<Message>();
    messages.add(hello(random.nextBoolean()));
    int times = random.nextInt(5, 60);
    if (random.nextBoolean()) {
      for (int i = 0; i < times; i++) {
        messages.add(
            new Message.Ranges(
                false,
                random.nextLong(),
                List.of(new Range.Fingerprint(Key.MIN, Key.MAX, 5, random.nextLong(), 1))));
      }
    } else {
      int wanted = random.nextInt(8) == 0 ? WANTED_MAX : 16;
      for (int i = 0; i < times; i++) {
        messages.add(new Message.Want(anyEvents(wanted)));
      }
    }
    return messages;
  }

  private List<EventId> anyEvents(int count) {
    var store = victim.store();
    var ids = new ArrayList<EventId>(count);
    for (int i = 0; i < count; i++) {
      ids.add(
          random.nextInt(8) == 0
              ? StrangeRuns.noEvent(random)
              : store.node(1 + random.nextLong(store.count())).id());
    }
    return ids;
  }
}
