package io.sennit.simulator;

import io.sennit.dag.Node;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.event.Run;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import io.sennit.machine.Input;
import io.sennit.machine.Output;
import io.sennit.overlay.Contact;
import io.sennit.sync.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Many machines of the production core in one thread; everything random comes from one seed.
public final class World {
  /// The time that events carry unless a clock has jumped; nothing depends on it.
  static final String TIME = "2026-01-01T00:00:00.000Z";

  private static final int HEARD_MAX = 256;

  private SplittableRandom random;
  private final Agenda agenda = new Agenda();
  private final Trace trace = new Trace();
  private final Tally tally = new Tally();
  private final List<Site> sites = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Visitor> visitors = new ArrayList<>();
  private final Lies lies = new Lies(tally);
  private final Root root;
  private final LongFunction<Signer> signers;
  private final Seals seals;

  /// What was said lately, by anybody to anybody.
  private final List<Message> heard = new ArrayList<>();

  /// Durable somewhere at some time, and lost with a disk that was set back. Only looked up.
  private final Set<EventId> durableOnce = new LinkedHashSet<>();

  private final Set<EventId> lost = new HashSet<>();
  private @Nullable BiPredicate<Site, Site> reach;
  private long steps;
  private boolean changed = true;
  private Tap tap = new Tap() {};

  /// A world with one federation and no machines.
  ///
  /// @param signers makes the key of the machine with this number
  public World(long seed, Root root, LongFunction<Signer> signers, Seals seals) {
    this.random = new SplittableRandom(seed);
    this.root = root;
    this.signers = signers;
    this.seals = seals;
  }

  /// From now on this stands between sites and their machines.
  void tap(Tap other) {
    tap = other;
  }

  Tap tap() {
    return tap;
  }

  /// Starts one more machine, which holds R alone.
  public Site addSite() {
    return addSite(signers.apply(sites.size()), new Disk(this, List.of(placeOf(root))));
  }

  Site addSite(Signer signer, Disk disk) {
    var site = new Site(this, sites.size(), root, signer, seals, disk);
    sites.add(site);
    changed = true;
    return site;
  }

  /// From now on machines begin with an overlay, and dial whom it names.
  ///
  /// @param reaches whether the first can dial the second at present
  void overlay(BiPredicate<Site, Site> reaches) {
    reach = reaches;
  }

  boolean hasOverlay() {
    return reach != null;
  }

  /// Links the site with the machine of this contact.
  ///
  /// @return whether a link came of it
  boolean dial(Site from, Contact contact) {
    for (var to : sites()) {
      if (contact.address().equals("site:" + to.number())) {
        return reach != null
            && reach.test(from, to)
            && to.running()
            && to.signer().machine().equals(contact.machine())
            && !linked(from, to)
            && connectAgain(from, to);
      }
    }
    return false;
  }

  /// All machines.
  public List<Site> sites() {
    return List.copyOf(sites);
  }

  List<Link> links() {
    return List.copyOf(links);
  }

  Root root() {
    return root;
  }

  /// Connects two machines, if they are not, and are not one.
  public void connect(Site a, Site b) {
    if (!linked(a, b)) {
      connectAgain(a, b);
    }
  }

  boolean isAlone(Site site) {
    return links.stream().noneMatch(link -> link.first() == site || link.second() == site);
  }

  boolean linked(Site a, Site b) {
    return links.stream().anyMatch(link -> link.connects(a, b));
  }

  /// Connects two machines, whether they are or not. A machine has no link to its own key.
  boolean connectAgain(Site a, Site b) {
    boolean possible =
        !a.signer().machine().equals(b.signer().machine()) && a.running() && b.running();
    if (possible) {
      words(a.number(), "connect " + b.number());
      var link = new Link(this, a, b);
      links.add(link);
      link.open();
    }
    return possible;
  }

  /// Cuts the link between two machines, if there is one.
  public void cut(Site a, Site b) {
    for (var link : links()) {
      if (link.connects(a, b)) {
        link.cut();
      }
    }
  }

  /// Somebody has come who is none of the machines.
  void visited(Visitor visitor) {
    visitors.add(visitor);
  }

  /// Only the machines are left.
  void visitorsLeave() {
    visitors.forEach(Visitor::leave);
    visitors.clear();
  }

  void forget(Link link) {
    links.remove(link);
  }

  /// Connects everybody with everybody.
  public void connectAll() {
    for (var a : sites()) {
      for (var b : sites()) {
        if (a.number() < b.number()) {
          connect(a, b);
        }
      }
    }
  }

  /// Lets pretended time pass.
  public void run(long nanos) {
    long until = agenda.nowNanos() + nanos;
    while (step(until)) {
      // The step did it.
    }
  }

  /// Lets the next thing happen, if it is due by then.
  boolean step(long untilNanos) {
    steps++;
    return agenda.step(untilNanos);
  }

  /// Lets time pass until all machines hold the same, or so much has passed.
  ///
  /// @return whether they do
  public boolean runUntilEqual(long nanosMax) {
    long until = agenda.nowNanos() + nanosMax;
    while (!equal()) {
      if (!step(until)) {
        return equal();
      }
    }
    return true;
  }

  /// Whether all machines run, hold the same, and nothing is on its way to a disk.
  public boolean equal() {
    if (!changed) {
      return false;
    }
    var first = sites.getFirst();
    boolean equal =
        sites.stream()
            .allMatch(site ->
                site.atRest()
                    && site.audit().durable() == first.audit().durable()
                    && site.audit().tips().equals(first.audit().tips()));
    changed = equal;
    return equal;
  }

  /// Something became durable, or a machine went on: they may be equal now.
  void changed() {
    changed = true;
  }

  /// A hash over everything that happened.
  public String traceHash() {
    return trace.hash();
  }

  /// The last of what happened, in words.
  public List<String> traceTail() {
    return trace.tail();
  }

  /// How often each fault happened.
  public Tally tally() {
    return tally;
  }

  /// Pretended nanoseconds since the beginning.
  public long nowNanos() {
    return agenda.nowNanos();
  }

  long steps() {
    return steps;
  }

  void at(long atNanos, Runnable action) {
    agenda.at(atNanos, action);
  }

  void in(long delayNanos, Runnable action) {
    agenda.in(delayNanos, action);
  }

  void words(int site, String words) {
    trace.words(agenda.nowNanos(), site, words);
  }

  void input(int site, Input input) {
    trace.input(agenda.nowNanos(), site, input);
  }

  void output(int site, Output output) {
    trace.output(agenda.nowNanos(), site, output);
  }

  /// A message leaves.
  void said(Message message, byte[] bytes) {
    trace.bytes(bytes);
    if (heard.size() < HEARD_MAX) {
      heard.add(message);
    } else {
      heard.set(random.nextInt(HEARD_MAX), message);
    }
  }

  /// A message of a hostile peer leaves.
  void lied(byte[] bytes) {
    trace.bytes(bytes);
  }

  List<Message> heard() {
    return heard;
  }

  Lies lies() {
    return lies;
  }

  /// An event became durable somewhere.
  void durable(EventId id) {
    durableOnce.add(id);
  }

  Set<EventId> durableOnce() {
    return durableOnce;
  }

  /// The only copy of an event is gone with the disk it lay on.
  void lost(EventId id) {
    lost.add(id);
  }

  boolean isLost(EventId id) {
    return lost.contains(id);
  }

  /// From now on everything random that no one else draws comes from here.
  void noise(SplittableRandom from) {
    random = from;
  }

  long nextSeed() {
    return random.nextLong();
  }

  /// From 0, included, to `bound`, excluded.
  long below(long bound) {
    return random.nextLong(bound);
  }

  /// One way: 0.1 to 40 ms.
  long latencyNanos() {
    return random.nextLong(100_000, 40_000_000);
  }

  /// A sync: 0.1 to 10 ms.
  long syncNanos() {
    return random.nextLong(100_000, 10_000_000);
  }

  /// An event's bytes as characters.
  static String text(Event event) {
    return new String(event.body(), StandardCharsets.ISO_8859_1);
  }

  static Draft draft(String json, String time) {
    return switch (Draft.of(json.getBytes(StandardCharsets.UTF_8), time)) {
      case Draft.Drafting.Drafted(var draft) -> draft;
      case Draft.Drafting.Refused(var rejection) ->
          throw new IllegalArgumentException(rejection.toString());
    };
  }

  /// One event of a machine that is not in this world.
  static Run stranger(long number, String json, EventId parent) {
    return new Run(
        List.of(draft(json, TIME).finishSealed(PretendKey.number(number), List.of(parent), 0)));
  }

  /// R at position 1.
  static Placed placeOf(Root root) {
    var event = root.event();
    MachineId machine = event.machine();
    return new Placed(
        new Node(1, event.id(), 0, machine, true, event.body().length, Positions.of()), event);
  }
}
