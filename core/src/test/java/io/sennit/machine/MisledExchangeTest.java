package io.sennit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.Shows;
import io.sennit.dag.Graphs;
import io.sennit.event.Event;
import io.sennit.sync.Fingerprints;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Histories for which author tips and fingerprints say too little, or the wrong thing.
final class MisledExchangeTest {
  private final SplittableRandom random = new SplittableRandom(7);

  private static void assertEqualAfter(Pair pair, String what) {
    System.out.println(pair.figures(what));
    assertThat(pair.left.hungUp + pair.right.hungUp).isEmpty();
    assertThat(pair.equal()).as(what).isTrue();
    assertThat(pair.left.state()).isEqualTo("in-sync");
    assertThat(pair.right.state()).isEqualTo("in-sync");
  }

  /// Each side holds one branch, and neither knows of the other. The side with the higher tip seems
  /// to hold both, until the end of the exchange; by then it knows all tips of the other.
  @Test
  void aForkThatNobodyKnowsOfIsNoticedAtTheEnd() {
    var shared = Histories.talk(random, Histories.root(), 1, 20, 500);
    var pair =
        new Pair(
                Histories.talk(random, Histories.chain(shared, 5, 30), 1, 4, 100),
                Histories.talk(random, Histories.chain(shared, 5, 3), 11, 9, 100))
            .connect();
    assertEqualAfter(pair, "a fork that nobody knows of");
    assertThat(pair.kinds).containsKey("Seek");
  }

  /// Both sides hold both branches, and only one side heard more of each.
  @Test
  void aForkThatOneSideKnowsOfNeedsNoRanges() {
    var shared = Histories.talk(random, Histories.root(), 1, 20, 500);
    var left = new ArrayList<>(shared);
    left.addAll(Histories.chain(shared, 5, 3).subList(shared.size(), shared.size() + 3));
    left.addAll(Histories.chain(shared, 5, 30).subList(shared.size(), shared.size() + 30));
    var right = Histories.talk(random, Histories.chain(shared, 5, 0), 11, 9, 100);
    right.add(Histories.event(5, List.of(right.getLast().id())));
    var pair = new Pair(left, right).connect();
    assertEqualAfter(pair, "a fork that one side knows of");
    assertThat(pair.kinds).doesNotContainKey("Ranges");
  }

  @Test
  void tenThousandTipsAreComparedByASketch() {
    var root = Graphs.root().event();
    var shared = new ArrayList<>(Histories.root());
    for (int author = 1; author <= 10_000; author++) {
      shared.add(Histories.event(author, List.of(root.id())));
    }
    var left = new ArrayList<>(shared);
    var right = new ArrayList<>(shared);
    for (int author = 1; author <= 100; author++) {
      left.add(Histories.event(20_000 + author, List.of(root.id())));
      right.add(Histories.event(30_000 + author, List.of(shared.get(author).id())));
    }
    var pair = new Pair(left, right).connect();
    assertEqualAfter(pair, "10,000 tips, 100 + 100");
    assertThat(pair.kinds).containsKey("Sketch").doesNotContainKeys("Seek", "Ranges");
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(15_000);
    assertThat(pair.repeated).isZero();
    pair.forget();
    pair.prove(pair.right);
    assertEqualAfter(pair, "10,000 tips, proven again");
    assertThat(pair.controlSizeBytes).isLessThanOrEqualTo(100);
  }

  /// Too many author tips differ for a sketch: more than its symbols can tell apart.
  @Test
  void whenASketchTellsTooLittleRangesDo() {
    var root = Graphs.root().event();
    var left = new ArrayList<>(Histories.root());
    var right = new ArrayList<>(Histories.root());
    for (int author = 1; author <= 7_000; author++) {
      left.add(Histories.event(20_000 + author, List.of(root.id())));
      right.add(Histories.event(30_000 + author, List.of(root.id())));
    }
    var pair = new Pair(left, right).connect();
    assertEqualAfter(pair, "7,000 + 7,000 authors");
    assertThat(pair.kinds).containsKeys("Sketch", "Seek", "Ranges");
  }

  /// Sketches in which tips are hard to tell apart: most contradict themselves, or do not decode.
  @Test
  @Shows(Invariant.I10)
  void whenSketchesCollideRangesTakeOver() {
    int[] kinds = new int[2];
    Seeds.check(
        5,
        random -> {
          var root = Graphs.root().event();
          var shared = new ArrayList<>(Histories.root());
          for (int author = 1; author <= 800; author++) {
            shared.add(Histories.event(author, List.of(root.id())));
          }
          var left = new ArrayList<>(shared);
          var right = new ArrayList<>(shared);
          int each = random.nextInt(1, 300);
          for (int n = 0; n < each; n++) {
            left.add(Histories.event(20_000 + n, List.of(root.id())));
            right.add(Histories.event(30_000 + n, List.of(root.id())));
          }
          var pair =
              new Pair(
                      Graphs.store(left),
                      Graphs.store(right),
                      new Fingerprints(random.nextInt(4, 17)))
                  .connect();
          pair.proveUntilEqual();
          kinds[0] += pair.kinds.getOrDefault("Sketch", 0);
          kinds[1] += pair.kinds.getOrDefault("Ranges", 0);
          assertThat(pair.left.hungUp + pair.right.hungUp).isEmpty();
          assertThat(pair.equal()).isTrue();
          assertThat(pair.left.store.count()).isEqualTo(shared.size() + 2L * each);
        });
    if (System.getProperty("seed") == null) {
      assertThat(kinds).as("messages with sketches and with ranges").doesNotContain(0);
    }
  }

  /// The machine itself has forked its chain, because it has forgotten.
  @Test
  void aRestoredBackupGetsBackWhatItForgot() {
    var shared = Histories.talk(random, Histories.root(), 1, 20, 300);
    var backup = Histories.chain(shared, 1001, 10);
    var lost = Histories.talk(random, Histories.chain(backup, 1001, 10), 1, 20, 50);
    var pair = new Pair(backup, lost);
    for (int n = 0; n < 3; n++) {
      pair.left.handle(
          new Input.Append(n, List.of(Graphs.draft("{\"after the restore\":" + n + "}"))));
    }
    pair.connect();
    assertEqualAfter(pair, "a restored backup");
    assertThat(pair.left.store.count()).isEqualTo(lost.size() + 3);
  }

  /// Ladders agree on what differs, authors are taken for others, ranges that differ look the same.
  @Test
  @Shows(Invariant.I10)
  void whenEveryFingerprintCollidesNothingIsLost() {
    int[] repairs = new int[2];
    Seeds.check(
        150,
        random -> {
          var pair = diverged(random, new Fingerprints(random.nextInt(2, 9)));
          pair.connect();
          pair.proveUntilEqual();
          repairs[0] += pair.kinds.getOrDefault("Seek", 0);
          repairs[1] += pair.kinds.getOrDefault("Ranges", 0);
          assertThat(pair.equal()).isTrue();
          assertThat(pair.left.store.count()).isEqualTo(pair.right.store.count());
        });
    if (System.getProperty("seed") == null) {
      System.out.println("misled " + repairs[0] + " times, messages with ranges: " + repairs[1]);
      assertThat(repairs).as("repairs, and messages with ranges").doesNotContain(0);
    }
  }

  /// With whole fingerprints, the same histories need no second try.
  @Test
  @Shows(Invariant.I10)
  void whateverDivergedIsEqualAfterOneExchange() {
    Seeds.check(
        150,
        random -> {
          var pair = diverged(random, Fingerprints.WHOLE).connect();
          assertThat(pair.equal()).isTrue();
          assertThat(pair.left.state()).isEqualTo("in-sync");
          assertThat(pair.right.state()).isEqualTo("in-sync");
        });
  }

  /// Two machines that share some events and wrote others alone; some authors forked their chains.
  private static Pair diverged(SplittableRandom random, Fingerprints fingerprints) {
    int authors = random.nextInt(1, 12);
    var shared = Histories.talk(random, Histories.root(), 1, authors, random.nextInt(1, 200));
    boolean forks = random.nextBoolean();
    return new Pair(
        Graphs.store(alone(random, shared, 1, authors)),
        Graphs.store(alone(random, shared, forks ? 1 : 1 + authors, authors)),
        fingerprints);
  }

  private static List<Event> alone(
      SplittableRandom random, List<Event> shared, long first, int authors) {
    var events = new ArrayList<>(shared);
    int count = random.nextInt(80);
    for (int n = 0; n < count; n++) {
      var parents = new TreeSet<io.sennit.event.EventId>();
      int wanted = random.nextInt(1, 3);
      for (int i = 0; i < wanted; i++) {
        int back = Math.min(events.size(), random.nextInt(1, 12));
        parents.add(events.get(events.size() - back).id());
      }
      events.add(Histories.event(first + random.nextInt(authors), parents));
    }
    return events;
  }
}
