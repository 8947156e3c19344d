package io.sennit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static Figure figure(Double... rounds) {
    return new Figure("a figure", "events/s", List.of(rounds));
  }

  @Test
  void theMedianOfFiveIsTheThirdHoweverTheyCame() {
    assertThat(figure(5.0, 1.0, 4.0, 2.0, 100.0).median()).isEqualTo(4);
  }

  @Test
  void theMedianOfFourLiesBetweenTheMiddleTwo() {
    assertThat(figure(1.0, 10.0, 2.0, 4.0).median()).isEqualTo(3);
  }

  @Test
  void onlyOneRoundIsItsOwnMedianAndSpreadsNowhere() {
    assertThat(figure(7.0).median()).isEqualTo(7);
    assertThat(figure(7.0).percentile(99)).isEqualTo(7);
    assertThat(figure(7.0).spread()).isZero();
  }

  @Test
  void percentilesLieOnTheLineBetweenNeighbours() {
    var figure = figure(0.0, 10.0, 20.0, 30.0, 40.0);
    assertThat(figure.percentile(0)).isZero();
    assertThat(figure.percentile(25)).isEqualTo(10);
    assertThat(figure.percentile(99)).isCloseTo(39.6, within(1e-9));
    assertThat(figure.percentile(100)).isEqualTo(40);
  }

  @Test
  void theSpreadIsAShareOfTheMedian() {
    assertThat(figure(80.0, 100.0, 130.0).spread()).isCloseTo(0.5, within(1e-9));
    assertThat(figure(0.0, 0.0).spread()).isZero();
  }

  @Test
  void aRatioIsTakenRoundByRound() {
    var ratio = figure(10.0, 30.0, 20.0).over(figure(5.0, 10.0, 40.0), "ratio");
    assertThat(ratio.rounds()).containsExactly(2.0, 3.0, 0.5);
    assertThat(ratio.unit()).isEqualTo("×");
    assertThat(ratio.median()).isEqualTo(2);
  }

  @Test
  void aRatioCountsOnlyRoundsThatBothTookPartIn() {
    assertThat(figure(10.0, 30.0, 20.0).over(figure(5.0, 10.0), "ratio").rounds()).hasSize(2);
  }

  @Test
  void aFigureWithoutRoundsIsNone() {
    assertThatThrownBy(FigureTest::figure).hasMessageContaining("no rounds");
  }

  @Test
  void peopleReadThreeDigits() {
    assertThat(Figure.text(1_234_567.8)).isEqualTo("1,234,568");
    assertThat(Figure.text(12.34)).isEqualTo("12.3");
    assertThat(Figure.text(0.567)).isEqualTo("0.57");
    assertThat(Figure.count(1)).isEqualTo("1");
  }

  @Test
  void aTargetSaysByWhatFactorItIsMissed() {
    assertThat(Target.atLeast(100).verdict(100)).isEqualTo("reached");
    assertThat(Target.atLeast(100).verdict(40)).isEqualTo("missed by 2.50 ×");
    assertThat(Target.atMost(100).verdict(100)).isEqualTo("reached");
    assertThat(Target.atMost(100).verdict(250)).isEqualTo("missed by 2.50 ×");
    assertThat(Target.atLeast(500_000).text()).isEqualTo("≥ 500,000");
  }
}
