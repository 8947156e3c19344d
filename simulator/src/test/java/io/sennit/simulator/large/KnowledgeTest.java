package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KnowledgeTest {
  @Test
  void everyArrivalOrderEndsWithTheSameSetAndTheSameTips() {
    Seeds.check(
        50,
        random -> {
          var knowledge = new Knowledge(3, random.nextLong());
          for (int i = 0; i < 150; i++) {
            int writer = random.nextInt(2);
            knowledge.write(writer, knowledge.tips(writer), i);
            if (random.nextInt(4) == 0) { // the other learns some
              offerAll(knowledge, 1 - writer, random.nextLong());
            }
          }
          for (int machine = 0; machine < 3; machine++) {
            offerAll(knowledge, machine, random.nextLong());
            assertThat(knowledge.count(machine)).isEqualTo(150);
            assertThat(knowledge.hasOrphans(machine)).isFalse();
            assertThat(knowledge.same(0, knowledge.held(machine))).isTrue();
            assertThat(knowledge.tips(machine)).isEqualTo(knowledge.tips(0));
          }
          assertThat(knowledge.holders(149)).isEqualTo(3);
        });
  }

  private static void offerAll(Knowledge knowledge, int machine, long seed) {
    var events = new ArrayList<Integer>();
    for (int event = 0; event < knowledge.events(); event++) {
      events.add(event);
    }
    Collections.shuffle(events, new Random(seed));
    for (int event : events) {
      if (!knowledge.holds(machine, event) && knowledge.admit(machine, event)) {
        while (knowledge.admitOrphan(machine) >= 0) {}
      }
    }
  }

  @Test
  void tipsAreWhatNobodyHeldNames() {
    Seeds.check(
        50,
        random -> {
          var knowledge = new Knowledge(4, random.nextLong());
          var parents = new ArrayList<int[]>();
          for (int i = 0; i < 200; i++) {
            int writer = random.nextInt(4);
            var tips = knowledge.tips(writer);
            var expected = new TreeSet<Integer>();
            for (int event = 0; event < i; event++) {
              if (knowledge.holds(writer, event)) {
                expected.add(event);
              }
            }
            for (int event = 0; event < i; event++) {
              if (knowledge.holds(writer, event)) {
                for (int parent : parents.get(event)) {
                  expected.remove(parent);
                }
              }
            }
            assertThat(tips).containsExactly(expected.stream().mapToInt(tip -> tip).toArray());
            parents.add(tips);
            knowledge.write(writer, tips, i);
            int other = random.nextInt(4);
            int event = random.nextInt(i + 1);
            if (!knowledge.holds(other, event) && knowledge.admit(other, event)) {
              while (knowledge.admitOrphan(other) >= 0) {}
            }
          }
        });
  }

  @Test
  void aChildWaitsForItsParents() {
    var knowledge = new Knowledge(2, 1);
    knowledge.write(0, knowledge.tips(0), 1);
    knowledge.write(0, knowledge.tips(0), 2);
    assertThat(knowledge.admit(1, 1)).isFalse();
    assertThat(knowledge.hasOrphans(1)).isTrue();
    assertThat(knowledge.same(0, knowledge.held(1))).isFalse();
    assertThat(knowledge.admit(1, 0)).isTrue();
    assertThat(knowledge.admitOrphan(1)).isEqualTo(1);
    assertThat(knowledge.same(0, knowledge.held(1))).isTrue();
  }

  @Test
  void aRunLeadsBackToItsEvent() {
    Seeds.check(
        100,
        random -> {
          var knowledge = new Knowledge(1, random.nextLong());
          for (int i = 0; i < 10; i++) {
            knowledge.write(0, knowledge.tips(0), i);
            assertThat(knowledge.eventOf(knowledge.run(i))).isEqualTo(i);
          }
          assertThat(knowledge.eventOf(random.nextLong())).isEqualTo(-1);
        });
  }
}
