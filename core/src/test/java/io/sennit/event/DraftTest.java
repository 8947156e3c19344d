package io.sennit.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sennit.event.Draft.Drafting;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DraftTest {
  private static final PretendSigner SIGNER = PretendSigner.number(1);
  private static final EventId A = new EventId(0, 0, 0, 1);
  private static final EventId B = new EventId(-1, 0, 0, 0);

  private static Draft draft(String json) {
    return ((Drafting.Drafted) Draft.of(json.getBytes(UTF_8), EventMaker.TIME)).draft();
  }

  private static Rejection refused(String json) {
    return ((Drafting.Refused) Draft.of(json.getBytes(UTF_8), EventMaker.TIME)).rejection();
  }

  private static List<EventId> parents(int count) {
    return LongStream.range(0, count).mapToObj(number -> new EventId(0, 0, 0, number)).toList();
  }

  @Test
  void timeIsFilledInOnlyWhenItIsMissing() {
    assertThat(draft("{}").finish(SIGNER.machine(), List.of(A), 0).toString())
        .contains("\"time\":\"" + EventMaker.TIME + "\"");
    assertThat(draft("{\"time\":\"noon\"}").finish(SIGNER.machine(), List.of(A), 0).toString())
        .contains("\"time\":\"noon\"");
  }

  @Test
  void aDraftMayBecomeManyEvents() {
    var draft = draft("{\"n\":1}");
    var first = draft.finish(SIGNER.machine(), List.of(A), 0);
    var second = draft.finish(SIGNER.machine(), List.of(A, B), 0);
    assertThat(second).isNotEqualTo(first);
    assertThat(draft.finish(SIGNER.machine(), List.of(A), 0)).isEqualTo(first);
  }

  @Test
  void theSizeIsMeasuredWithTheSystemMembersInTheirLargestForm() {
    var draft = draft("{\"n\":1}");
    var largest = draft.finishSealed(SIGNER, List.of(A), (1L << 53) - 1);
    assertThat(draft.sizeBytes()).isEqualTo(largest.body().length - EventId.TEXT_LENGTH - 2);
  }

  @Test
  void onlyParentsAnEventMayHaveAreTaken() {
    var draft = draft("{}");
    var machine = SIGNER.machine();
    assertThatIllegalArgumentException().isThrownBy(() -> draft.finish(machine, List.of(), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> draft.finish(machine, List.of(B, A), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> draft.finish(machine, List.of(A, A), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draft.finishSealed(SIGNER, parents(1025), 0));
    assertThat(draft.finish(machine, parents(1024), 0).parents()).hasSize(1024);
  }

  @Test
  void tipsAreMoreThanParentsOrAbsent() {
    var draft = draft("{}");
    var machine = SIGNER.machine();
    assertThatIllegalArgumentException().isThrownBy(() -> draft.finish(machine, List.of(A, B), 2));
    assertThatIllegalArgumentException().isThrownBy(() -> draft.finish(machine, List.of(A), -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draft.finish(machine, List.of(A), 1L << 53));
    assertThat(draft.finish(machine, List.of(A, B), 3).tips()).isEqualTo(3);
  }

  @Test
  void aSealIsOnlyOnASealedEvent() {
    var event = draft("{}").finish(SIGNER.machine(), List.of(A), 0);
    assertThatIllegalStateException().isThrownBy(event::seal);
    assertThatIllegalStateException().isThrownBy(event::signedBytes);
  }

  @Test
  void aSignerThatSignsBadlyIsFound() {
    var bad =
        new Signer() {
          @Override
          public MachineId machine() {
            return SIGNER.machine();
          }

          @Override
          public byte[] sign(byte[] message) {
            return new byte[63];
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> draft("{}").finishSealed(bad, List.of(A), 0));
    assertThatIllegalStateException()
        .isThrownBy(() -> Root.found(bad, "name", new byte[16], EventMaker.TIME));
  }

  @Test
  void theDetailSaysWhereAndWhat() {
    assertThat(refused("{\n \"parents\":[]}"))
        .hasToString(
            "RESERVED_NAME: line 2, column 2: the member parents is the system's; rename yours");
    assertThat(refused("{\"a\":1,\"b\":{\"x\":1,\"x\":2}}").detail()).contains("line 1", "x");
    assertThat(refused("{\"a\":}").detail()).contains("line 1, column 6");
  }

  @Test
  void aNameOrNumberOfAnyLengthIsRead() {
    var longName = "n".repeat(60_000);
    assertThat(draft("{\"" + longName + "\":1}").sizeBytes()).isGreaterThan(60_000);
    assertThat(refused("{\"" + longName + "12345678\":\"" + longName + "\"}").reason())
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(draft("{\"n\":0." + "0".repeat(200_000) + "}").sizeBytes()).isLessThan(400);
  }
}
