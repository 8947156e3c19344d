package io.sennit.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.simulator.large.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryTest {
  private static final long GIB = 1L << 30;
  private static final Plan MILLION = Plan.of(1_000_000);

  @Test
  void aSmallPlanRunsHere() {
    assertThat(new Memory(GIB / 4, 8 * GIB, false).choose(Plan.of(2_000), false))
        .isEqualTo(new Memory.Choice.Here());
  }

  @Test
  void aLargePlanGetsAJavaOfItsOwn() {
    var choice = new Memory(6 * GIB, 24 * GIB, false).choose(MILLION, false);
    assertThat(choice).isInstanceOf(Memory.Choice.Elsewhere.class);
    long mib = ((Memory.Choice.Elsewhere) choice).heapMiB();
    assertThat(mib).isBetween(10L * 1_024, 12L * 1_024);
    assertThat(mib << 20).isGreaterThanOrEqualTo(Memory.wantedBytes(MILLION));
  }

  @Test
  void theOtherJavaStartsNoThirdOne() {
    assertThat(new Memory(GIB, 24 * GIB, false).choose(MILLION, true))
        .isEqualTo(new Memory.Choice.Here());
  }

  @Test
  void aSmallComputerIsToldWhatIsMissingAndWhatFits() {
    var memory = new Memory(2 * GIB, 8 * GIB, false);
    var words = ((Memory.Choice.Refuse) memory.choose(MILLION, false)).words();
    assertThat(words)
        .startsWith("1,000,000 machines want about 1")
        .contains("this computer has 8.0 GiB")
        .containsPattern("take \\d\\d0,000 machines or fewer");
    int fewer =
        Integer.parseInt(
            words.replaceFirst("(?s).*take ([\\d,]+) machines.*", "$1").replace(",", ""));
    assertThat(memory.choose(Plan.of(fewer), false)).isInstanceOf(Memory.Choice.Elsewhere.class);
  }

  @Test
  void whatSomebodyChoseIsNotOverruled() {
    var words =
        ((Memory.Choice.Refuse) new Memory(GIB, 24 * GIB, true).choose(MILLION, false)).words();
    assertThat(words).contains("Java was told to use 1.0 GiB at most").contains("-Xmx");
    assertThat(Memory.isChosen(List.of("-XX:+UseSerialGC", "-Xmx1g"))).isTrue();
    assertThat(Memory.isChosen(List.of("-XX:+UseSerialGC"))).isFalse();
  }
}
