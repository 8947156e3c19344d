package io.sennit.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

class RecentTest {
  @Test
  void itRemembersWhatAMapRemembersUntilItIsOld() {
    Seeds.check(
        50,
        random -> {
          var recent = new Recent(random.nextLong());
          var since = new HashMap<Long, Integer>();
          int now = random.nextInt();
          for (int step = 0; step < 2_000; step++) {
            now += random.nextInt(20);
            long run = random.nextInt(500);
            int place = recent.find(run);
            assertThat(place != Recent.NONE).isEqualTo(since.containsKey(run));
            if (place == Recent.NONE) {
              place = recent.add(run, Recent.MISSING, now);
              recent.knownBy(place, run);
              recent.route(place, (int) run & 3, (int) run % 15 - 1);
              since.put(run, now);
            } else {
              assertThat(recent.knownBy(place)).isEqualTo(run);
              assertThat(recent.tree(place)).isEqualTo((int) run & 3);
              assertThat(recent.hops(place)).isEqualTo((int) run % 15 - 1);
            }
            if (random.nextInt(100) == 0) {
              int age = random.nextInt(5_000);
              int end = now;
              recent.forget(now, age);
              since.values().removeIf(at -> end - at > age);
            }
            assertThat(recent.size()).isEqualTo(since.size());
            assertThat(recent.missing()).isEqualTo(since.size());
          }
          recent.forget(now + 10_000, 5_000);
          assertThat(recent.end()).as("an empty table takes no room").isEqualTo(1);
        });
  }

  @Test
  void aFullTableTakesNoMore() {
    var recent = new Recent(1);
    for (int run = 0; run < Recent.SIZE_MAX; run++) {
      assertThat(recent.add(run, Recent.HERE, 0)).isNotEqualTo(Recent.NONE);
    }
    assertThat(recent.add(-1, Recent.HERE, 0)).isEqualTo(Recent.NONE);
  }
}
