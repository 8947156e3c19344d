package io.sennit.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.event.Draft.Drafting;
import io.sennit.event.EventReader.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever an application writes is refused with the right reason or becomes an event that every
/// reader takes.
class DraftFuzzTest {
  private static final PretendSigner SIGNER = PretendSigner.number(1);

  private static List<EventId> parents(EventMaker maker, int count) {
    return Stream.generate(maker::id).limit(count).sorted().toList();
  }

  private static Optional<Reason> reason(Drafting drafting) {
    return switch (drafting) {
      case Drafting.Drafted _ -> Optional.empty();
      case Drafting.Refused(var rejection) -> Optional.of(rejection.reason());
    };
  }

  private static Optional<Reason> reference(byte[] json) {
    try {
      ReferenceReader.readDraft(json);
      return Optional.empty();
    } catch (ReferenceReader.Fault fault) {
      return Optional.of(fault.reason);
    }
  }

  private static Draft drafted(byte[] json) {
    var drafting = Draft.of(json, EventMaker.TIME);
    assertThat(drafting).as(new String(json, UTF_8)).isInstanceOf(Drafting.Drafted.class);
    return ((Drafting.Drafted) drafting).draft();
  }

  private static void isReadAsItWasMade(Event event) {
    var reading = EventReader.read(event.body());
    assertThat(reading).as(event.toString()).isInstanceOf(Reading.Read.class);
    var read = ((Reading.Read) reading).event();
    assertThat(read).isEqualTo(event).hasToString(event.toString());
    assertThat(read.machine()).isEqualTo(event.machine());
    assertThat(read.parents()).isEqualTo(event.parents());
    assertThat(read.tips()).isEqualTo(event.tips());
    assertThat(read.sealed()).isEqualTo(event.sealed());
    assertThat(read.parentsFrom()).isEqualTo(event.parentsFrom());
    assertThat(read.parentsTo()).isEqualTo(event.parentsTo());
    assertThat(EventReader.readWhole(event.toJson())).isEqualTo(reading);
  }

  @Test
  void anObjectInAnySpellingBecomesItsCanonicalEvent() {
    Seeds.check(
        1000,
        random -> {
          var maker = new EventMaker(random);
          var object = maker.object();
          var draft = drafted(new Speller(random).spell(object).getBytes(UTF_8));
          var parents = parents(maker, 1 + random.nextInt(3));
          long tips = random.nextBoolean() ? 0 : parents.size() + 1 + random.nextInt(9);
          var plain = draft.finish(SIGNER.machine(), parents, tips);
          isReadAsItWasMade(plain);
          var members = new TreeMap<>(object.members());
          members.putIfAbsent("time", new Json.Text(EventMaker.TIME));
          members.put("machine", new Json.Text(SIGNER.machine().toString()));
          members.put(
              "parents",
              new Json.Arr(
                  parents.stream().map(id -> (Json) new Json.Text(id.toString())).toList()));
          if (tips != 0) {
            members.put("tips", new Json.Num(tips));
          }
          var expected = new Json.Obj(members).canonical();
          assertThat(plain.body()).asString(UTF_8).isEqualTo(new String(expected, UTF_8));
          var sealed = draft.finishSealed(SIGNER, parents, tips);
          isReadAsItWasMade(sealed);
          assertThat(sealed.signedBytes()).isEqualTo(expected);
          assertThat(sealed.seal()).isEqualTo(SIGNER.sign(expected));
          assertThat(sealed.id()).isNotEqualTo(plain.id());
        });
  }

  @Test
  void oneFaultIsFoundAndNamed() {
    var met = EnumSet.noneOf(FaultMaker.Kind.class);
    Seeds.check(
        300,
        random -> {
          var faults = new FaultMaker(random);
          var object = new EventMaker(random).object();
          for (var kind : FaultMaker.Kind.values()) {
            var json = faults.with(object, kind).canonical();
            var expected =
                kind.reason == Reason.NOT_CANONICAL ? Optional.empty() : Optional.of(kind.reason);
            assertThat(reason(Draft.of(json, EventMaker.TIME)))
                .as("%s in %s", kind, new String(json, ISO_8859_1))
                .isEqualTo(expected);
            assertThat(reference(json)).isEqualTo(expected);
            met.add(kind);
          }
        });
    assertThat(met).isEqualTo(EnumSet.allOf(FaultMaker.Kind.class));
  }

  @Test
  void shakenTextIsRefusedOrBecomesAnEvent() {
    var drafted = new int[1];
    var refused = new int[1];
    Seeds.check(
        15_000,
        random -> {
          var maker = new EventMaker(random);
          var json = new FaultMaker(random).shaken(maker.object().canonical());
          var drafting = Draft.of(json, EventMaker.TIME);
          assertThat(reason(drafting).isPresent())
              .as(new String(json, ISO_8859_1))
              .isEqualTo(reference(json).isPresent());
          if (drafting instanceof Drafting.Drafted(var draft)) {
            isReadAsItWasMade(draft.finish(SIGNER.machine(), parents(maker, 1), 0));
            drafted[0]++;
          } else {
            refused[0]++;
          }
        });
    if (System.getProperty("seed") == null) {
      assertThat(drafted[0]).isGreaterThan(1000);
      assertThat(refused[0]).isGreaterThan(1000);
    }
  }

  @Test
  void aDraftOfTheGreatestSizeCanBeFinishedWithEverything() {
    Seeds.check(
        10,
        random -> {
          var maker = new EventMaker(random);
          var object = maker.object();
          int room = Limits.EVENT_SIZE_BYTES_MAX - drafted(filled(object, 0)).sizeBytes();
          var draft = drafted(filled(object, room));
          assertThat(draft.sizeBytes()).isEqualTo(Limits.EVENT_SIZE_BYTES_MAX);
          var parents = parents(maker, Limits.PARENTS_MAX);
          isReadAsItWasMade(draft.finishSealed(SIGNER, parents, (1L << 53) - 1));
          assertThat(reason(Draft.of(filled(object, room + 1), EventMaker.TIME)))
              .hasValue(Reason.TOO_LARGE);
        });
  }

  private static byte[] filled(Json.Obj object, int length) {
    var members = new TreeMap<>(object.members());
    members.put("filling", new Json.Text("x".repeat(length)));
    return new Json.Obj(members).canonical();
  }

  /// Writes an object in one of its many spellings.
  private record Speller(SplittableRandom random) {
    String spell(Json value) {
      return switch (value) {
        case Json.Obj(var members) -> {
          var texts = new ArrayList<String>();
          members.forEach((name, member) ->
              texts.add(space() + string(name) + space() + ":" + space() + spell(member)));
          Collections.shuffle(texts, new Random(random.nextLong()));
          yield "{" + String.join(space() + ",", texts) + space() + "}";
        }
        case Json.Arr(var items) ->
            "[" + String.join(space() + ",", items.stream().map(this::spell).toList()) + "]";
        case Json.Text(var text) -> string(text);
        case Json.Num(var number) -> number(number);
        case Json.Word(var word) -> word + space();
        case Json.Raw _ -> throw new AssertionError("a spelling is no fault");
      };
    }

    private String space() {
      return List.of("", "", "", " ", "\n\t", "\r\n ").get(random.nextInt(6));
    }

    private String string(String text) {
      var spelled = new StringBuilder("\"");
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean pair = Character.isHighSurrogate(c);
        if (random.nextInt(4) == 0) {
          spelled.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) c));
          if (pair) {
            spelled.append("\\u%04x".formatted((int) text.charAt(++i)));
          }
        } else if (c == '/' && random.nextBoolean()) {
          spelled.append("\\/");
        } else if (pair) {
          spelled.append(c).append(text.charAt(++i));
        } else {
          var quoted = Json.quoted(String.valueOf(c));
          spelled.append(quoted, 1, quoted.length() - 1);
        }
      }
      return spelled.append('"').toString();
    }

    private String number(double number) {
      var exact = new java.math.BigDecimal(number);
      return switch (random.nextInt(5)) {
        case 0 -> exact.toPlainString();
        case 1 -> exact.toString();
        case 2 -> Double.toString(number);
        case 3 -> exact.unscaledValue() + "e" + -exact.scale();
        default -> ReferenceNumbers.format(number);
      };
    }
  }
}
