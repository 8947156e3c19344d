package io.sennit.simulator;

import io.sennit.dag.Digests;
import io.sennit.dag.MemoryStore;
import io.sennit.event.EventId;
import io.sennit.sync.AuthorTips;
import io.sennit.sync.Fingerprints;
import io.sennit.sync.Frontier;
import io.sennit.sync.Ladder;
import io.sennit.sync.Message;
import io.sennit.sync.Message.Knows;
import io.sennit.sync.Range;
import io.sennit.sync.Snapshot;
import io.sennit.sync.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Claims to hold what nobody holds, and keeps a machine busy with finding out what that is: one
/// comparison after the other, and never an event.
final class FalseClaims implements Liar.Deceit {
  private final EventId root;
  private final MemoryStore store;

  /// Whether its fingerprints are lies, too.
  private final boolean misleads;

  private final SplittableRandom random;
  private long number;

  /// @param store of the machine it visits, so that lies look like truth
  FalseClaims(EventId root, MemoryStore store, boolean misleads, SplittableRandom random) {
    this.root = root;
    this.store = store;
    this.misleads = misleads;
    this.random = random;
  }

  @Override
  public List<Message> greeting() {
    number = 0;
    return random.nextInt(8) == 0
        ? List.of(
            new Message.Again(
                Message.VERSION,
                "",
                random.nextBoolean(),
                store.count(),
                StrangeRuns.noEvent(random)))
        : List.of(new Message.Hello(Message.VERSION, root, "", random.nextBoolean(), claim()));
  }

  @Override
  public List<Message> answer(Message heard) {
    return switch (heard) {
      case Message.Hello _, Message.Again _ -> List.of(new Message.Verdict(0, knows()));
      case Message.Describe describe ->
          describe.answer()
              ? List.of(new Message.Verdict(describe.number(), knows()))
              : List.of(describe(true), new Message.End());
      case Message.Compare compare ->
          List.of(
              random.nextBoolean()
                  ? new Message.Verdict(compare.number(), knows())
                  : describe(random.nextBoolean()));
      case Message.Verdict(_, var knows) when knows == Knows.LACKS -> List.of(instead());
      case Message.Tips _, Message.Seek _ -> List.of(instead());
      case Message.Sketch _ -> List.of(new Message.More(random.nextInt(4) == 0));
      case Message.More _ -> List.of(sketch());
      case Message.Ranges(var answer, var salt, var ranges) ->
          List.of(new Message.Ranges(!answer, salt, ranges.stream().map(this::never).toList()));
      case Message.Want(var ids) -> List.of(new Message.Damaged(ids, random.nextBoolean()));
      case Message.End _ ->
          List.of(
              new Message.Compare(
                  ++number, store.count() + random.nextInt(2), StrangeRuns.noEvent(random)));
      default -> List.of();
    };
  }

  private Knows knows() {
    var all = Knows.values();
    return all[random.nextInt(all.length)];
  }

  private Message describe(boolean answer) {
    return new Message.Describe(++number, answer, random.nextBoolean(), claim());
  }

  /// Of what it ought to give.
  private Message instead() {
    return switch (random.nextInt(5)) {
      case 0 -> new Message.Seek();
      case 1 -> new Message.Tips(authors());
      case 2 -> sketch();
      case 3 -> new Message.Common(List.of(StrangeRuns.noEvent(random), root));
      default -> new Message.End();
    };
  }

  private Message sketch() {
    var symbols = new ArrayList<Symbol>();
    int count = random.nextInt(1, 64);
    for (int i = 0; i < count; i++) {
      symbols.add(
          new Symbol(
              random.nextInt(),
              random.nextLong(1 << 16),
              random.nextInt(1 << 16),
              random.nextInt()));
    }
    return new Message.Sketch(random.nextLong(1 << 8), symbols);
  }

  /// Whatever a range is said to be, it is something else.
  private Range never(Range range) {
    return switch (random.nextInt(4)) {
      case 0 -> new Range.Lacks(range.from(), range.to(), List.of(StrangeRuns.noEvent(random)));
      case 1 -> new Range.Ids(range.from(), range.to(), List.of());
      default ->
          new Range.Fingerprint(range.from(), range.to(), 99, random.nextLong(), random.nextLong());
    };
  }

  private Snapshot claim() {
    long salt = random.nextLong();
    var frontier = frontier();
    if (!misleads) {
      return Snapshot.of(frontier, store, Fingerprints.WHOLE, salt, random.nextBoolean());
    }
    long height = 1 + random.nextLong(2 * store.count());
    var rungs = new ArrayList<Integer>();
    for (int i = Long.numberOfLeadingZeros(height); i < Long.SIZE; i++) {
      rungs.add(random.nextInt());
    }
    return new Snapshot(frontier, salt, new Ladder(height, rungs), authors());
  }

  private Frontier frontier() {
    long count = store.count() + random.nextInt(1000) - (random.nextInt(4) == 0 ? 1 : 0);
    if (random.nextInt(4) == 0) {
      return new Frontier(
          Math.max(1, count),
          StrangeRuns.noEvent(random),
          List.of(),
          random.nextLong(Frontier.TIPS_MAX + 1, 10_000));
    }
    var tips = new TreeSet<EventId>();
    store.tips().stream().limit(random.nextInt(Frontier.TIPS_MAX / 2)).forEach(tips::add);
    int more = random.nextInt(1, 1 + Frontier.TIPS_MAX / 2);
    for (int i = 0; i < more; i++) {
      tips.add(StrangeRuns.noEvent(random));
    }
    return new Frontier(Math.max(1, count), Digests.ofTips(tips), List.copyOf(tips), tips.size());
  }

  private AuthorTips authors() {
    long height = 1 + random.nextLong(2 * store.count());
    var tips = new ArrayList<AuthorTips.Tip>();
    int count = random.nextInt(AuthorTips.INLINE_MAX);
    for (int i = 0; i < count && height > 0; i++) {
      tips.add(new AuthorTips.Tip(random.nextInt(), height, random.nextInt(1 << 16)));
      height -= random.nextLong(4);
    }
    return new AuthorTips(random.nextLong(1 + store.count()), tips);
  }
}
