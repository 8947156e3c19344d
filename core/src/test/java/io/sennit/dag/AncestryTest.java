package io.sennit.dag;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class AncestryTest {
  /// Places without events: what a walk needs and no more.
  private record Sample(ArrayList<Positions> parents) implements Graph {
    static Sample random(SplittableRandom random, int size) {
      var sample = new Sample(new ArrayList<>());
      sample.parents.add(Positions.of());
      while (sample.parents.size() < size) {
        int count = sample.parents.size();
        sample.parents.add(
            Positions.of(random.longs(random.nextInt(1, 4), 1, count + 1).distinct().toArray()));
      }
      return sample;
    }

    @Override
    public Node node(long position) {
      var own = parents.get((int) position - 1);
      long height = own.size() == 0 ? 0 : position; // any number above all parents' serves a walk
      return new Node(
          position,
          new EventId(0, 0, 0, position),
          height,
          new MachineId(0, 0, 0, 0),
          true,
          1,
          own);
    }

    TreeSet<Long> withAncestors(Positions of) {
      var all = new TreeSet<Long>();
      var work = new TreeSet<Long>(of.stream().boxed().toList());
      while (!work.isEmpty()) {
        long position = work.removeLast();
        if (all.add(position)) {
          node(position).parents().stream().forEach(work::add);
        }
      }
      return all;
    }
  }

  @Test
  void theDifferenceIsWhatANaiveClosureFinds() {
    Seeds.check(
        300,
        random -> {
          var graph = Sample.random(random, random.nextInt(1, 60));
          int size = graph.parents.size();
          var wanted =
              Positions.of(random.longs(random.nextInt(0, 4), 1, size + 1).distinct().toArray());
          var known =
              Positions.of(random.longs(random.nextInt(0, 4), 1, size + 1).distinct().toArray());
          var expected = graph.withAncestors(wanted);
          expected.removeAll(graph.withAncestors(known));
          assertThat(Ancestry.difference(graph, wanted, known))
              .containsExactly(expected.stream().mapToLong(Long::longValue).toArray());
        });
  }

  @Test
  void anAncestorIsWhateverTheNaiveClosureContains() {
    Seeds.check(
        300,
        random -> {
          var graph = Sample.random(random, random.nextInt(2, 40));
          long a = random.nextLong(1, graph.parents.size() + 1);
          long b = random.nextLong(1, graph.parents.size() + 1);
          boolean expected = a != b && graph.withAncestors(Positions.of(b)).contains(a);
          assertThat(Ancestry.isAncestor(graph, a, b)).isEqualTo(expected);
          boolean reverse = a != b && graph.withAncestors(Positions.of(a)).contains(b);
          assertThat(Ancestry.concurrent(graph, a, b)).isEqualTo(a != b && !expected && !reverse);
        });
  }

  @Test
  void aChainOfTenMillionOverflowsNothing() {
    long length = 10_000_000;
    Graph chain =
        position ->
            new Node(
                position,
                new EventId(0, 0, 0, position),
                position - 1,
                new MachineId(0, 0, 0, 0),
                true,
                1,
                position == 1 ? Positions.of() : Positions.of(position - 1));
    assertThat(Ancestry.isAncestor(chain, 1, length)).isTrue();
    var difference = Ancestry.difference(chain, Positions.of(length), Positions.of(1));
    assertThat(difference).hasSize((int) length - 1);
    assertThat(LongStream.of(difference).limit(3)).containsExactly(2L, 3L, 4L);
  }
}
