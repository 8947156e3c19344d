package io.sennit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TalkTest {
  @Test
  void theSameTalkIsAlwaysCountedTheSame() {
    assertThat(met(300)).isEqualTo(met(300));
  }

  private static Talk.Took met(int events) {
    var talk = new Talk();
    talk.write(events);
    return talk.meet();
  }

  @Test
  void whoHoldsTheSameGivesNothing() {
    var talk = new Talk();
    talk.write(10);
    assertThat(talk.meet().eventBytes()).isPositive();
    assertThat(talk.proveAgain().eventBytes()).isZero();
    talk.part();
    var again = talk.meet();
    assertThat(again.eventBytes()).isZero();
    assertThat(again.roundTrips()).isZero();
    assertThat(again.controlBytes()).isPositive();
  }

  @Test
  void whatIsWrittenApartIsAllThatIsGiven() {
    var talk = new Talk();
    talk.write(1_000);
    long first = talk.meet().eventBytes();
    talk.part();
    talk.write(10);
    var second = talk.meet();
    assertThat(second.eventBytes()).isBetween(1L, first / 10);
    assertThat(second.roundTrips()).isPositive();
  }
}
