package io.sennit.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Seeds;
import io.sennit.event.MachineId;
import io.sennit.overlay.OverlayMessage.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class OverlayCodecTest {
  /// How many kinds of messages there are.
  private static final int KINDS = 15;

  private static OverlayMessage message(int kind, SplittableRandom random) {
    var link = random.nextBoolean() ? Kind.RANDOM : Kind.NEAR;
    int tree = random.nextInt(OverlayMessage.TREES);
    int steps = random.nextInt(OverlayMessage.STEPS_MAX + 1);
    return switch (kind) {
      case 0 -> new OverlayMessage.Join(contact(random));
      case 1 -> new OverlayMessage.Walk(contact(random), steps);
      case 2 -> new OverlayMessage.Neighbour(contact(random), link, random.nextBoolean());
      case 3 -> new OverlayMessage.Welcome(contact(random), link);
      case 4 -> new OverlayMessage.Decline(contacts(random));
      case 5 -> new OverlayMessage.Leave(contacts(random));
      case 6 -> new OverlayMessage.Shuffle(contact(random), steps, contacts(random));
      case 7 -> new OverlayMessage.Shuffled(contacts(random));
      case 8 -> new OverlayMessage.Ping(random.nextLong(), coordinate(random), crowd(random));
      case 9 -> new OverlayMessage.Pong(random.nextLong(), coordinate(random));
      case 10 ->
          new OverlayMessage.Beacon(
              tree,
              natural(random),
              random.nextLong(),
              natural(random),
              natural(random),
              random.nextBoolean());
      case 11 -> new OverlayMessage.Parent(tree, random.nextBoolean());
      case 12 -> new OverlayMessage.Renew(tree, natural(random), natural(random));
      case 13 -> new OverlayMessage.Announce(runs(random), random.nextBoolean());
      default -> new OverlayMessage.Pull(runs(random));
    };
  }

  private static Crowd crowd(SplittableRandom random) {
    return new Crowd(
        natural(random),
        registers(random),
        registers(random),
        registers(random),
        registers(random));
  }

  private static long registers(SplittableRandom random) {
    long registers = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      registers = registers << Byte.SIZE | random.nextInt(Crowd.REGISTER_MAX + 1);
    }
    return registers;
  }

  private static int natural(SplittableRandom random) {
    return random.nextInt() >>> random.nextInt(1, 32);
  }

  private static long[] runs(SplittableRandom random) {
    return random.longs(random.nextInt(OverlayMessage.RUNS_MAX + 1)).toArray();
  }

  private static List<Contact> contacts(SplittableRandom random) {
    var contacts = new ArrayList<Contact>();
    for (int i = random.nextInt(OverlayMessage.CONTACTS_MAX + 1); i > 0; i--) {
      contacts.add(contact(random));
    }
    return contacts;
  }

  private static Contact contact(SplittableRandom random) {
    var capacities = Capacity.values();
    int length = random.nextInt(Contact.ADDRESS_LENGTH_MAX + 1);
    return new Contact(
        new MachineId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()),
        random.nextBoolean() ? "192.0.2.7:7700" : "a".repeat(length),
        capacities[random.nextInt(capacities.length)],
        coordinate(random));
  }

  private static Coordinate coordinate(SplittableRandom random) {
    return random.nextBoolean()
        ? Coordinate.UNKNOWN
        : new Coordinate(
            (float) random.nextDouble(-500, 500), (float) random.nextDouble(), random.nextInt(100));
  }

  private static OverlayMessage decoded(byte[] bytes) {
    return switch (OverlayCodec.decode(bytes, 0)) {
      case OverlayCodec.Decoding.Decoded(var message) -> message;
      case OverlayCodec.Decoding.Refused(var why) -> throw new AssertionError(why);
    };
  }

  @Test
  void everyMessageArrivesAsItWas() {
    Seeds.check(
        200,
        random -> {
          for (int kind = 0; kind < KINDS; kind++) {
            var message = message(kind, random);
            var bytes = OverlayCodec.encode(message);
            assertThat(decoded(bytes)).isEqualTo(message);
            assertThat(OverlayCodec.sizeBytes(message)).isEqualTo(bytes.length);
            assertThat(bytes[0]).isGreaterThanOrEqualTo((byte) OverlayCodec.TYPE_MIN);
          }
        });
  }

  @Test
  void everyBeginningOfAMessageIsRefused() {
    Seeds.check(
        10,
        random -> {
          for (int kind = 0; kind < KINDS; kind++) {
            var bytes = OverlayCodec.encode(message(kind, random));
            for (int length = 0; length < bytes.length; length++) {
              assertThat(OverlayCodec.decode(Arrays.copyOf(bytes, length), 0))
                  .isInstanceOf(OverlayCodec.Decoding.Refused.class);
            }
            assertThat(OverlayCodec.decode(Arrays.copyOf(bytes, bytes.length + 1), 0))
                .isInstanceOf(OverlayCodec.Decoding.Refused.class);
          }
        });
  }

  /// No byte makes the decoder throw, and what it lets pass can be passed on to others.
  @Test
  void damagedBytesAreRefusedOrAnotherMessage() {
    var outcomes = new int[2];
    Seeds.check(
        2000,
        random -> {
          var bytes = OverlayCodec.encode(message(random.nextInt(KINDS), random));
          for (int times = random.nextInt(1, 4); times > 0; times--) {
            bytes[random.nextInt(Math.min(80, bytes.length))] = (byte) random.nextInt();
          }
          switch (OverlayCodec.decode(bytes, 0)) {
            case OverlayCodec.Decoding.Refused _ -> outcomes[0]++;
            case OverlayCodec.Decoding.Decoded(var message) -> {
              outcomes[1]++;
              assertThat(decoded(OverlayCodec.encode(message))).isEqualTo(message);
            }
          }
        });
    if (System.getProperty("seed") == null) {
      assertThat(outcomes).as("refused, other messages").doesNotContain(0);
    }
  }

  @Test
  void whatIsBoundedIsRefusedBeyondItsBound() {
    assertThat(OverlayCodec.decode(new byte[] {46, (byte) 0x81, 4}, 0)) // 513 runs
        .isEqualTo(new OverlayCodec.Decoding.Refused("too many runs at once"));
    assertThat(OverlayCodec.decode(new byte[] {36, 9}, 0)) // contacts
        .isEqualTo(new OverlayCodec.Decoding.Refused("too many contacts at once"));
    assertThat(OverlayCodec.decode(new byte[] {33, 7}, 0))
        .isEqualTo(new OverlayCodec.Decoding.Refused("a walk of too many steps"));
    assertThat(OverlayCodec.decode(new byte[] {43, 4, 0}, 0))
        .isEqualTo(new OverlayCodec.Decoding.Refused("a tree that there is not"));
    var crowded = new byte[43];
    crowded[0] = 40;
    crowded[42] = Crowd.REGISTER_MAX + 1;
    assertThat(OverlayCodec.decode(crowded, 0))
        .isEqualTo(new OverlayCodec.Decoding.Refused("a register beyond 60"));
    var spaced = new byte[40];
    spaced[0] = 32;
    spaced[33] = 1;
    spaced[34] = ' ';
    assertThat(OverlayCodec.decode(spaced, 0))
        .isEqualTo(
            new OverlayCodec.Decoding.Refused("a text of other characters than printable ASCII"));
  }
}
