package io.sennit.simulator;

import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Run;
import io.sennit.event.Signer;
import io.sennit.sync.Fingerprints;
import io.sennit.sync.Frontier;
import io.sennit.sync.Message;
import io.sennit.sync.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/// Lets machines write while things go wrong, both as the scenario says; and mends everything at
/// the end.
final class Chaos {
  /// Whose keys belong to no machine, in a crowd.
  private static final long STRANGERS = 2_000_000;

  private static final long MILLI_NANOS = 1_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private static final int SITES_MAX = 32;

  /// One action says fewer.
  private static final int SENTENCES_MAX = 10_000;

  private final World world;
  private final Network network;

  /// That of the action that is going on.
  private SplittableRandom random = new SplittableRandom(0);

  private int said;
  private boolean over;

  Chaos(World world, Network network) {
    this.world = world;
    this.network = network;
  }

  /// All actions, one after the other.
  void run(Scenario scenario) {
    for (var action : scenario.actions()) {
      random = scenario.stream(action.number());
      world.noise(random.split());
      said = SENTENCES_MAX * action.number();
      long passesNanos =
          switch (random.nextInt(20)) {
            case 0 -> random.nextLong(5 * SECOND_NANOS);
            case 1, 2, 3, 4, 5 -> random.nextLong(300 * MILLI_NANOS);
            default -> random.nextLong(20 * MILLI_NANOS);
          };
      if (action.fault() == null) {
        write(any());
      } else {
        wrong(action.fault());
      }
      world.run(passesNanos);
    }
  }

  /// Nothing goes wrong any more, and whatever did is mended; what links are up stay.
  void calm() {
    over = true;
    network.whole();
    for (var site : world.sites()) {
      site.goOn();
      site.disk().mend();
      if (!site.running()) {
        site.start();
      } else if (site.disk().failed()) {
        site.crash();
      } else {
        site.room();
      }
    }
    world.links().forEach(Link::flow);
  }

  private Site any() {
    return lot(world.sites(), Site::number);
  }

  private Optional<Link> anyLink() {
    var links = world.links();
    return links.isEmpty()
        ? Optional.empty()
        : Optional.of(
            lot(links, link -> link.first().number() * SITES_MAX + link.second().number()));
  }

  /// Each draws a lot that depends on its own number only. So one more or less changes the choice
  /// only where that one is chosen.
  private <T> T lot(List<T> among, ToIntFunction<T> number) {
    long salt = random.nextLong();
    return among.stream()
        .min(
            Comparator.comparingLong(
                one -> new SplittableRandom(salt ^ number.applyAsInt(one)).nextLong()))
        .orElseThrow();
  }

  private void write(Site site) {
    if (site.running() && !site.paused()) {
      int count = random.nextInt(40) == 0 ? random.nextInt(200, 600) : random.nextInt(1, 5);
      site.append(sentences(count), random.nextInt(3) == 0);
    }
  }

  private List<String> sentences(int count) {
    var sentences = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      sentences.add("{\"n\":" + said++ + "}");
    }
    return sentences;
  }

  private void wrong(Fault fault) {
    var site = any();
    boolean happened =
        switch (fault) {
          case LOSS -> onLink(link -> link.fallSilent(true, true));
          case DEAF_END -> onLink(link -> link.fallSilent(true, false));
          case STALL ->
              onLink(link -> link.stall(random.nextBoolean(), random.nextLong(15 * SECOND_NANOS)));
          case CUT -> onLink(link -> link.breakWithin(3 * SECOND_NANOS));
          case PARTITION -> part(true);
          case ONE_WAY_PARTITION -> part(false);
          case SECOND_LINK -> onLink(this::secondLink);
          case REPLAY -> site.running() && replay(site);
          case FLOOD -> site.running() && !site.paused() && flood(site);
          case CROWD -> site.running() && !site.paused() && crowd(site);
          case FORGERY -> site.running() && forge(site);
          case SILENT, FALSE_TIPS, FALSE_AUTHORS, GREED, BOMB, UNLAWFUL, FUTURE, TWO_CHAINS ->
              site.running() && new Hostility(world, site, any(), random).does(fault);
          case CRASH -> site.running() && crash(site);
          case SLOW_DISK -> {
            site.disk().slow(random.nextInt(2, 1000));
            world.in(random.nextLong(20 * SECOND_NANOS), () -> site.disk().slow(1));
            yield true;
          }
          case FAILED_DISK -> site.running() && failDisk(site);
          case FULL_DISK -> site.running() && !site.paused() && fillDisk(site);
          case RETRY -> site.running() && !site.paused() && site.askAgain();
          case PAUSE -> site.running() && !site.paused() && pause(site);
          case CLOCK_JUMP -> {
            site.wallTime(
                Instant.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_300_800L))
                    .toString());
            yield true;
          }
          case LATE_JOIN -> world.sites().size() < SITES_MAX && join(world.addSite());
          case BACKUP -> site.running() && restore(site);
          case TWIN -> world.sites().size() < SITES_MAX && twin(site);
          case CONDEMNED,
              ACCEPTED,
              VANISHED,
              OVERTAKEN,
              REPEATED,
              LOST_BATCH,
              TORN_BATCH,
              SURVIVING_BATCH,
              UNKNOWN_ANSWER,
              FORK ->
              throw new IllegalStateException(fault + " is not chosen");
        };
    if (happened) {
      world.words(site.number(), fault.name());
      world.tally().count(fault);
    }
  }

  private boolean onLink(java.util.function.Consumer<Link> what) {
    var link = anyLink();
    link.ifPresent(what);
    return link.isPresent();
  }

  /// Two groups; sometimes the links between them only stall until the network is whole again.
  private boolean part(boolean bothWays) {
    var island = new TreeSet<Integer>();
    for (var site : world.sites()) {
      if (random.nextBoolean()) {
        island.add(site.number());
      }
    }
    if (island.isEmpty() || island.size() == world.sites().size()) {
      return false;
    }
    network.part(island, bothWays);
    world.in(random.nextLong(20 * SECOND_NANOS), network::whole);
    return true;
  }

  private void secondLink(Link link) {
    world.connectAgain(link.first(), link.second());
    link.breakWithin(2 * SECOND_NANOS);
  }

  /// Somebody greets, then says again what was said elsewhere: most of all, runs.
  private boolean replay(Site site) {
    var heard = world.heard();
    if (heard.isEmpty()) {
      return false;
    }
    var messages = new ArrayList<Message>();
    messages.add(hello());
    int count = random.nextInt(1, 20);
    for (int i = 0; i < count; i++) {
      var message = heard.get(random.nextInt(heard.size()));
      if (!(message instanceof Message.Hello) || random.nextInt(8) == 0) {
        messages.add(message);
      }
    }
    visit(site, messages);
    return true;
  }

  private Message hello() {
    var hellos = world.heard().stream().filter(Message.Hello.class::isInstance).toList();
    var other = any();
    var store = other.store();
    var tips = store.tips();
    return hellos.isEmpty() || random.nextBoolean()
        ? new Message.Hello(
            Message.VERSION,
            world.root().event().id(),
            "",
            random.nextBoolean(),
            Snapshot.of(
                new Frontier(
                    store.count(),
                    io.sennit.dag.Digests.ofTips(tips),
                    tips.size() <= Frontier.TIPS_MAX ? tips : List.of(),
                    tips.size()),
                store,
                Fingerprints.WHOLE,
                random.nextLong(),
                random.nextInt(4) == 0))
        : hellos.get(random.nextInt(hellos.size()));
  }

  private void visit(Site site, List<Message> messages) {
    var name = PretendKey.number(1_000_000 + random.nextInt(1000)).machine();
    site.live(() -> new Parrot(world, site, name, messages, random.nextLong(12 * SECOND_NANOS)));
  }

  /// Cut off from all others, a machine is given the end of a long history by one peer.
  private boolean flood(Site victim) {
    var writer = any();
    if (writer == victim
        || !writer.running()
        || writer.paused()
        || writer.signer().machine().equals(victim.signer().machine())) {
      return false;
    }
    network.isolate(victim.number());
    long before = writer.store().count();
    for (int i = 0; i < 20; i++) {
      writer.append(sentences(256));
    }
    world.run(SECOND_NANOS / 2);
    var runs = runs(writer, before + 1);
    if (runs.size() < 3 || !victim.running() || victim.paused()) {
      return false;
    }
    var messages = new ArrayList<Message>();
    messages.add(hello());
    for (int i = runs.size() - 1; i > 0; i--) {
      messages.add(new Message.Give(List.of(runs.get(i)), Optional.empty()));
    }
    visit(victim, messages);
    world.run(2 * SECOND_NANOS);
    network.join(victim.number());
    return true;
  }

  /// The whole runs in a site's store from a position on.
  private static List<Run> runs(Site site, long from) {
    var runs = new ArrayList<Run>();
    var open = new ArrayList<Event>();
    for (long position = from; position <= site.store().count(); position++) {
      var event = site.store().event(position);
      if (open.isEmpty()
          && event.parents().stream()
              .anyMatch(id -> !site.store().node(site.store().position(id)).sealed())) {
        continue; // the remainder of a fork's run does not stand alone
      }
      open.add(event);
      if (event.sealed()) {
        runs.add(new Run(open));
        open.clear();
      }
    }
    return runs;
  }

  /// Many strangers say something on top of the same event.
  private boolean crowd(Site site) {
    var parent = site.store().node(1 + random.nextLong(site.store().count()));
    if (!parent.sealed()) {
      return false;
    }
    int strangers = random.nextInt(70, 900);
    var runs = new ArrayList<Run>();
    for (int i = 0; i < strangers; i++) {
      runs.add(World.stranger(STRANGERS + i, sentences(1).getFirst(), parent.id()));
    }
    site.offer(runs);
    return true;
  }

  /// A run in the name of a machine that never sealed it.
  private boolean forge(Site site) {
    var name = any().signer().machine();
    List<EventId> tips = site.store().tips();
    if (tips.size() > 200) {
      return false;
    }
    var event =
        World.draft(sentences(1).getFirst(), World.TIME).finishSealed(new Forger(name), tips, 0);
    world.lies().forged(event.id());
    visit(
        site,
        List.of(hello(), new Message.Give(List.of(new Run(List.of(event))), Optional.empty())));
    return true;
  }

  private record Forger(MachineId machine) implements Signer {
    @Override
    public byte[] sign(byte[] message) {
      return new byte[64];
    }
  }

  private boolean crash(Site site) {
    site.stop();
    startLater(site);
    return true;
  }

  private void startLater(Site site) {
    if (random.nextBoolean()) {
      site.start();
    } else {
      world.in(
          random.nextLong(10 * SECOND_NANOS),
          () -> {
            if (!site.running()) {
              site.start();
            }
          });
    }
  }

  private boolean failDisk(Site site) {
    site.disk().fail();
    write(site);
    int life = site.life();
    world.in(
        random.nextLong(10 * SECOND_NANOS),
        () -> {
          if (site.running() && site.life() == life && !over) {
            site.crash();
          }
        });
    return true;
  }

  private boolean fillDisk(Site site) {
    site.full();
    world.in(random.nextLong(20 * SECOND_NANOS), site::room);
    return true;
  }

  private boolean pause(Site site) {
    site.pause();
    int life = site.life();
    world.in(
        random.nextLong(30 * SECOND_NANOS),
        () -> {
          if (site.life() == life) {
            site.goOn();
          }
        });
    return true;
  }

  private boolean join(Site site) {
    network.newcomer(site.number(), random);
    return true;
  }

  /// What others have not got from it, and it has acknowledged, is lost with the disk it lay on.
  private boolean restore(Site site) {
    int borders = site.disk().borders();
    if (borders < 2) {
      return false;
    }
    site.stop();
    var backup = site.disk().copy(random.nextInt(borders));
    for (long at = backup.store().count() + 1; at <= site.store().count(); at++) {
      var id = site.store().node(at).id();
      boolean elsewhere =
          world.sites().stream()
              .anyMatch(other -> other != site && other.store().position(id) != 0);
      if (!elsewhere) {
        world.lost(id);
      }
    }
    site.restore(backup);
    startLater(site);
    return true;
  }

  private boolean twin(Site site) {
    return join(world.addSite(site.signer(), site.disk().copy(site.disk().borders() - 1)));
  }
}
