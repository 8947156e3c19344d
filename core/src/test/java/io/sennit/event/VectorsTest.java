package io.sennit.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.event.Draft.Drafting;
import io.sennit.event.EventReader.Reading;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every golden vector holds.
class VectorsTest {
  static Stream<Vectors.Vector> events() {
    return Vectors.of("events.jsonl").stream();
  }

  static Stream<Vectors.Vector> rejected() {
    return Vectors.of("rejected.jsonl").stream();
  }

  static Stream<Vectors.Vector> limits() {
    return Vectors.of("limits.jsonl").stream();
  }

  static Stream<Vectors.Vector> refusedDrafts() {
    return Vectors.of("refused-drafts.jsonl").stream();
  }

  static Stream<Vectors.Vector> roots() {
    return Vectors.of("roots.jsonl").stream();
  }

  static Stream<Vectors.Vector> numbers() {
    return Vectors.of("numbers.jsonl").stream();
  }

  @ParameterizedTest
  @MethodSource("events")
  void anApplicationsObjectBecomesTheEvent(Vectors.Vector vector) {
    var drafting = Draft.of(vector.utf8("application"), vector.text("defaultTime"));
    assertThat(drafting).isInstanceOf(Drafting.Drafted.class);
    var draft = ((Drafting.Drafted) drafting).draft();
    var signer = Ed25519Reference.signer(vector.hex("secretKey"));
    var parents =
        ((List<?>) vector.get("parents")).stream().map(text -> id((String) text)).toList();
    long tips = (long) vector.get("tips");
    var event =
        vector.has("signed")
            ? draft.finishSealed(signer, parents, tips)
            : draft.finish(signer.machine(), parents, tips);
    assertThat(event).hasToString(vector.text("event"));
    assertThat(event.id()).hasToString(vector.text("uuid"));
    assertThat(draft.sizeBytes()).isBetween(1, Limits.EVENT_SIZE_BYTES_MAX);
  }

  private static EventId id(String text) {
    return EventId.parse(text);
  }

  @ParameterizedTest
  @MethodSource("events")
  void theEventIsReadAsItWasMade(Vectors.Vector vector) {
    var event = read(EventReader.readWhole(vector.utf8("event")));
    assertThat(new String(event.body(), UTF_8)).isEqualTo(vector.text("hashed"));
    assertThat(event.id()).hasToString(vector.text("uuid"));
    assertThat(event).hasToString(vector.text("event"));
    assertThat(event.parents().toString()).isEqualTo(vector.get("parents").toString());
    assertThat(event.tips()).isEqualTo(vector.get("tips"));
    var body = read(EventReader.read(event.body()));
    assertThat(body).isEqualTo(event).hasToString(vector.text("event"));
    assertThat(event.sealed()).isEqualTo(vector.has("signed"));
    if (event.sealed()) {
      assertThat(new String(event.signedBytes(), UTF_8)).isEqualTo(vector.text("signed"));
      assertThat(Run.of(List.of(event))).isInstanceOf(Run.Forming.Formed.class);
      assertThat(new Run(List.of(event)).sealedBy(Ed25519Reference.seals())).isTrue();
    }
  }

  private static Event read(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).event();
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void whatIsNoEventIsRejectedWithItsReason(Vectors.Vector vector) {
    var bytes = vector.bytes("body");
    var reading = vector.has("whole") ? EventReader.readWhole(bytes) : EventReader.read(bytes);
    assertThat(reason(reading)).isEqualTo(vector.text("reason"));
    assertThat(((Reading.Refused) reading).rejection().detail()).isNotBlank();
  }

  private static String reason(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused) reading).rejection().reason().name();
  }

  @ParameterizedTest
  @MethodSource("limits")
  void theLimitsAreExact(Vectors.Vector vector) {
    var parents =
        LongStream.range(0, (long) vector.get("parents"))
            .mapToObj(number -> "\"" + new EventId(0, 0, 0, number) + "\"")
            .collect(Collectors.joining(","));
    var x = vector.text("text").repeat(Math.toIntExact((long) vector.get("repeat")));
    var body = vector.text("event").replace("PARENTS", parents).replace("TEXT", x).getBytes(UTF_8);
    assertThat(body).hasSize(Math.toIntExact((long) vector.get("sizeBytes")));
    var reading = EventReader.read(body);
    if (vector.has("reason")) {
      assertThat(reason(reading)).isEqualTo(vector.text("reason"));
    } else {
      assertThat(read(reading).id()).hasToString(vector.text("uuid"));
    }
  }

  @ParameterizedTest
  @MethodSource("refusedDrafts")
  void anApplicationIsToldWhatToChange(Vectors.Vector vector) {
    var drafting = Draft.of(vector.bytes("application"), "2026-11-22T14:03:22.123Z");
    assertThat(drafting).isInstanceOf(Drafting.Refused.class);
    var rejection = ((Drafting.Refused) drafting).rejection();
    assertThat(rejection.reason()).hasToString(vector.text("reason"));
    assertThat(rejection.detail()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void onlyRootsThatThisBuildImplementsAreRead(Vectors.Vector vector) {
    var reading = Root.read(vector.utf8("event"), Ed25519Reference.seals());
    if (vector.get("valid").equals(false)) {
      assertThat(reading).isInstanceOf(Root.Reading.Refused.class);
      assertThat(((Root.Reading.Refused) reading).why()).contains(vector.text("says"));
      return;
    }
    assertThat(reading).isInstanceOf(Root.Reading.Read.class);
    var root = ((Root.Reading.Read) reading).root();
    var founder = Ed25519Reference.signer(vector.hex("secretKey"));
    var name = vector.text("federation");
    var founded = Root.found(founder, name, vector.hex("salt"), vector.text("time"));
    assertThat(founded).isEqualTo(root);
    assertThat(founded.event()).hasToString(vector.text("event"));
    assertThat(root.event().id()).hasToString(vector.text("uuid"));
    assertThat(root.event().signedBytes()).isEqualTo(vector.utf8("signed"));
    assertThat(root.name()).isEqualTo(name);
    assertThat(root.open()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbersHaveOneForm(Vectors.Vector vector) {
    if (vector.has("bits")) {
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(vector.text("bits"), 16));
      assertThat(Numbers.format(value)).isEqualTo(vector.text("canonical"));
      assertThat(Double.parseDouble(vector.text("canonical"))).isEqualTo(value);
      return;
    }
    var drafting = Draft.of(("{\"n\":" + vector.text("text") + "}").getBytes(UTF_8), "t");
    if (vector.has("reason")) {
      var refused = (Drafting.Refused) drafting;
      assertThat(refused.rejection().reason()).hasToString(vector.text("reason"));
    } else {
      var event =
          ((Drafting.Drafted) drafting)
              .draft()
              .finish(PretendSigner.number(1).machine(), List.of(new EventId(0, 0, 0, 0)), 0);
      assertThat(event.toString()).contains("\"n\":" + vector.text("canonical") + ",");
      assertThat(read(EventReader.read(event.body()))).isEqualTo(event);
    }
  }

  @Test
  void aDigestIsTheHashOfTheTipsInOrder() throws NoSuchAlgorithmException {
    for (var vector : Vectors.of("digests.jsonl")) {
      var sha256 = MessageDigest.getInstance("SHA-256");
      ((List<?>) vector.get("tips"))
          .stream()
              .map(text -> id((String) text))
              .sorted()
              .forEach(tip -> sha256.update(tip.toBytes()));
      assertThat(EventId.of(sha256.digest(), 0)).hasToString(vector.text("digest"));
    }
  }

  @Test
  void everyReasonThatNeedsNoOtherEventHasAVector() {
    var needOtherEvents =
        List.of(
            Reason.FOREIGN_UNSEALED_PARENT,
            Reason.MALFORMED_RUN,
            Reason.WRONG_SEAL,
            Reason.REJECTED_ANCESTOR);
    var reasons =
        Stream.concat(rejected(), limits())
            .filter(vector -> vector.has("reason"))
            .map(vector -> Reason.valueOf(vector.text("reason")))
            .distinct();
    assertThat(reasons)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Reason.values()).filter(r -> !needOtherEvents.contains(r)).toList());
  }
}
