package io.sennit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.event.EventReader.Reading;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The reader and the slow reference agree about every input, however odd.
class ReaderFuzzTest {
  private static Optional<Reason> reference(byte[] body) {
    try {
      ReferenceReader.read(body);
      return Optional.empty();
    } catch (ReferenceReader.Fault fault) {
      return Optional.of(fault.reason);
    }
  }

  private static Optional<Reason> reader(byte[] body) {
    return switch (EventReader.read(body)) {
      case Reading.Read _ -> Optional.empty();
      case Reading.Refused(var rejection) -> Optional.of(rejection.reason());
    };
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatKeepsTheRulesIsReadAsItIs() {
    Seeds.check(
        2000,
        random -> {
          var object = new EventMaker(random).event();
          var body = object.canonical();
          assertThat(reference(body)).as(latin1(body)).isEmpty();
          var reading = EventReader.read(body);
          assertThat(reading).as(latin1(body)).isInstanceOf(Reading.Read.class);
          var event = ((Reading.Read) reading).event();
          var members = object.members();
          assertThat(new Json.Text(event.machine().toString())).isEqualTo(members.get("machine"));
          assertThat(event.parents().stream().map(id -> new Json.Text(id.toString())).toList())
              .isEqualTo(((Json.Arr) members.getOrDefault("parents", new Json.Word(""))).items());
          assertThat(event.sealed()).isEqualTo(members.containsKey("sig"));
          assertThat(new Json.Num(event.tips()))
              .isEqualTo(members.getOrDefault("tips", new Json.Num(0)));
          members.put("uuid", new Json.Text(event.id().toString()));
          assertThat(event.toJson()).isEqualTo(object.canonical());
          assertThat(EventReader.readWhole(event.toJson())).isEqualTo(reading);
          members.remove("uuid");
          if (members.remove("sig") != null) {
            assertThat(event.signedBytes()).isEqualTo(object.canonical());
          }
        });
  }

  @Test
  void oneFaultInTheTextIsFoundAndNamed() {
    var met = new EnumMap<FaultMaker.Kind, Integer>(FaultMaker.Kind.class);
    Seeds.check(
        500,
        random -> {
          var faults = new FaultMaker(random);
          var event = new EventMaker(random).event();
          for (var kind : FaultMaker.Kind.values()) {
            var body = faults.with(event, kind).canonical();
            assertThat(reader(body)).as("%s in %s", kind, latin1(body)).hasValue(kind.reason);
            assertThat(reference(body)).as("%s in %s", kind, latin1(body)).hasValue(kind.reason);
            met.merge(kind, 1, Integer::sum);
          }
        });
    assertThat(met.keySet()).isEqualTo(EnumSet.allOf(FaultMaker.Kind.class));
  }

  @Test
  void oneFaultInTheMembersIsFoundAndNamed() {
    var met = EnumSet.noneOf(Reason.class);
    Seeds.check(
        2000,
        random -> {
          var misfit = new MisfitMaker(random).of(new EventMaker(random).event());
          var body = misfit.object().canonical();
          assertThat(reader(body)).as(latin1(body)).hasValue(misfit.reason());
          assertThat(reference(body)).as(latin1(body)).hasValue(misfit.reason());
          met.add(misfit.reason());
        });
    if (System.getProperty("seed") == null) {
      assertThat(met)
          .contains(
              Reason.MALFORMED_MEMBER,
              Reason.PARENTS_NOT_SORTED,
              Reason.NOT_THE_ROOT,
              Reason.RESERVED_NAME);
    }
  }

  @Test
  void shakenBytesAreJudgedAlike() {
    Map<Reason, Integer> rejected = new EnumMap<>(Reason.class);
    var accepted = new int[1];
    Seeds.check(
        20_000,
        random -> {
          var body = new FaultMaker(random).shaken(new EventMaker(random).event().canonical());
          var expected = reference(body);
          assertThat(reader(body).isPresent()).as(latin1(body)).isEqualTo(expected.isPresent());
          expected.ifPresentOrElse(
              reason -> rejected.merge(reason, 1, Integer::sum), () -> accepted[0]++);
        });
    if (System.getProperty("seed") == null) {
      assertThat(accepted[0]).isGreaterThan(1000);
      assertThat(rejected)
          .containsKeys(
              Reason.NOT_JSON,
              Reason.NOT_UTF8,
              Reason.NOT_CANONICAL,
              Reason.DUPLICATE_NAME,
              Reason.MALFORMED_MEMBER,
              Reason.PARENTS_NOT_SORTED);
    }
  }

  @Test
  void aChangedUuidIsFound() {
    Seeds.check(
        500,
        random -> {
          var maker = new EventMaker(random);
          var body = maker.event().canonical();
          var event = ((Reading.Read) EventReader.read(body)).event();
          var other = maker.id().toString();
          var whole =
              event
                  .toString()
                  .replace(event.id().toString(), other)
                  .getBytes(StandardCharsets.UTF_8);
          assertThat(EventReader.readWhole(whole))
              .isInstanceOfSatisfying(
                  Reading.Refused.class,
                  refused -> assertThat(refused.rejection().reason()).isEqualTo(Reason.WRONG_UUID));
        });
  }
}
