package io.sennit.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Lists of positions, among them those that are read later.
class PositionsTest {
  @Test
  void whatIsReadLaterIsReadOnceWhenSomebodyLooks() {
    var reads = new AtomicInteger();
    var later =
        Positions.later(() -> {
          reads.incrementAndGet();
          return Positions.of(7, 3);
        });
    assertThat(reads).hasValue(0);
    assertThat(later).isEqualTo(Positions.of(3, 7)).hasToString("[3, 7]");
    assertThat(Positions.of(3, 7)).isEqualTo(later).hasSameHashCodeAs(later);
    assertThat(later.size()).isEqualTo(2);
    assertThat(later.get(1)).isEqualTo(7);
    assertThat(later.contains(7)).isTrue();
    assertThat(later.stream()).containsExactly(3L, 7L);
    assertThat(reads).hasValue(1);
  }

  @Test
  void whatCouldNotBeReadIsReadAgain() {
    var reads = new AtomicInteger();
    var later =
        Positions.later(() -> {
          if (reads.incrementAndGet() == 1) {
            throw new IllegalStateException("the disk is away");
          }
          return Positions.of(3);
        });
    assertThatThrownBy(later::size).hasMessage("the disk is away");
    assertThat(later.size()).isEqualTo(1);
  }
}
