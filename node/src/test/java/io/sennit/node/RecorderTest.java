package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sennit.machine.Machine;
import io.sennit.node.RecordingOptions.Keep;
import io.sennit.recording.Said;
import io.sennit.recording.StepReader;
import io.sennit.store.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a recorder leaves on the disk, and that it never stands in the way of the machine.
final class RecorderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path ship;
  private Path harbour;
  private Path box;

  @BeforeEach
  void foundTwo() {
    ship = folder.resolve("ship");
    harbour = folder.resolve("harbour");
    box = folder.resolve("box");
    Sennit.init(ship, "rope-trade");
    try (var sennit = Sennit.open(ship)) {
      Sennit.join(harbour, sennit.invite(List.of()));
    }
  }

  private Sennit recorded(long sizeBytesMax, Keep keep) {
    var options = new RecordingOptions(box, sizeBytesMax, keep);
    return Sennit.open(ship, UnaryOperator.identity(), Scrubber.Pace.DEFAULT, options);
  }

  private static void connect(Sennit from, Sennit to) {
    from.connect(to.listen(Address.parse("127.0.0.1:0")));
  }

  private static void equal(Sennit a, Sennit b) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(a.status().digest()).isEqualTo(b.status().digest()));
  }

  /// Events that cannot be compressed much.
  private static List<String> noise(SplittableRandom random, int events) {
    return IntStream.range(0, events)
        .mapToObj(_ -> {
          var bytes = new byte[600];
          random.nextBytes(bytes);
          return "{\"noise\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
        })
        .toList();
  }

  /// Carries out again what a part holds; answers how many steps.
  private static long replay(Recording.Part part) {
    try (var reader = part.open()) {
      var steps = reader.steps();
      var beginning = steps.beginning();
      var retold = steps.retold();
      var machine = new Machine(retold, beginning.root(), retold, reader.seals(), beginning.seed());
      assertThat(steps.asking()).isEqualTo(new StepReader.Asking(beginning.asked(), 0));
      var said = new Said();
      long count = 0;
      for (var next = steps.next(); next.isPresent(); next = steps.next()) {
        var step = next.get();
        var outputs = machine.handle(step.input(), step.nowNanos());
        assertThat(said.of(outputs)).as("%s", step.input()).isEqualTo(step.said());
        assertThat(steps.asking()).isEqualTo(new StepReader.Asking(step.asked(), 0));
        steps.done(outputs);
        count++;
      }
      return count;
    }
  }

  private static String ending(Recording.Part part) {
    try (var reader = part.open()) {
      while (reader.piece() != null) {
        assertThat(reader.ending()).isEmpty();
      }
      return reader.ending();
    }
  }

  private long sizeBytes() throws IOException {
    long sum = 0;
    for (var part : PartFolder.parts(box)) {
      sum += Files.size(part);
    }
    return sum;
  }

  @Test
  void whatHappenedToAMachineHappensAgain() {
    try (var other = Sennit.open(harbour)) {
      other.append(IntStream.range(0, 3000).mapToObj("{\"n\":%d}"::formatted).toList()).join();
      try (var sennit = recorded(64 << 20, Keep.LAST)) {
        sennit.append("{\"before\":true}").join();
        connect(sennit, other);
        equal(sennit, other);
        other.append("{\"live\":\"there\"}").join();
        sennit.appendOnce("only-once", List.of("{\"live\":\"here\"}")).join();
        sennit.appendOnce("only-once", List.of("{\"live\":\"here\"}")).join();
        equal(sennit, other);
      }
      other.append("{\"while\":\"it is away\"}").join();
      try (var sennit = recorded(64 << 20, Keep.LAST)) {
        sennit.appendOnce("only-once", List.of("{\"live\":\"here\"}")).join();
        sennit.connectKnownPeers();
        equal(sennit, other);
      }
    }
    var parts = Recording.parts(box);
    assertThat(parts).extracting(Recording.Part::number).containsExactly(1L, 2L);
    assertThat(parts)
        .allSatisfy(part -> {
          assertThat(replay(part)).isGreaterThan(5);
          assertThat(ending(part)).isEqualTo("the machine was closed");
        });
  }

  @Test
  void aJoinerIsServedAndThatHappensAgain() {
    try (var sennit = recorded(64 << 20, Keep.LAST);
        var other = Sennit.open(harbour)) {
      sennit.append(IntStream.range(0, 4000).mapToObj("{\"n\":%d}"::formatted).toList()).join();
      connect(sennit, other); // it is given packed records
      equal(sennit, other);
    }
    assertThat(replay(Recording.parts(box).getFirst())).isGreaterThan(10);
  }

  @Test
  void theBoundHoldsAndTheLastIsKept() throws Exception {
    long bound = 512 * 1024;
    var random = new SplittableRandom(7);
    try (var sennit = recorded(bound, Keep.LAST);
        var other = Sennit.open(harbour)) {
      connect(other, sennit);
      while (sennit.recording().orElseThrow().part() < 5) {
        CompletableFuture.allOf(
                noise(random, 20).stream().map(sennit::append).toArray(CompletableFuture[]::new))
            .join();
        assertThat(sizeBytes()).isLessThanOrEqualTo(bound);
      }
      assertThat(sennit.recording().orElseThrow().ended()).isEmpty();
      equal(sennit, other);
    }
    var parts = Recording.parts(box);
    assertThat(sizeBytes()).as("%s", parts).isLessThanOrEqualTo(bound);
    assertThat(parts.getFirst().number()).as("the oldest is gone").isGreaterThan(1);
    assertThat(parts).allSatisfy(part -> assertThat(replay(part)).isPositive());
  }

  @Test
  void whatHappenedFirstIsKeptOnDemand() throws IOException {
    long bound = 512 * 1024;
    var random = new SplittableRandom(8);
    try (var sennit = recorded(bound, Keep.FIRST)) {
      while (sennit.recording().orElseThrow().ended().isEmpty()) {
        sennit.append(noise(random, 20)).join();
      }
      assertThat(sennit.recording().orElseThrow().ended()).contains("full");
      long events = sennit.count();
      sennit.append("{\"goes\":\"on\"}").join();
      assertThat(sennit.count()).isEqualTo(events + 1);
    }
    assertThat(sizeBytes()).isLessThanOrEqualTo(bound);
    var parts = Recording.parts(box);
    assertThat(parts).hasSize(1);
    assertThat(replay(parts.getFirst())).isPositive();
  }

  @Test
  void aDiskThatRefusesEndsTheRecordingAndNotTheMachine() throws IOException {
    var random = new SplittableRandom(9);
    try (var sennit = recorded(512 * 1024, Keep.LAST)) {
      sennit.append("{\"n\":1}").join();
      await().atMost(PATIENCE).until(() -> sennit.recording().orElseThrow().part() == 1);
      Files.move(box, folder.resolve("elsewhere")); // the next part cannot be made
      while (sennit.recording().orElseThrow().ended().isEmpty()) {
        sennit.append(noise(random, 20)).join();
      }
      assertThat(sennit.recording().orElseThrow().ended()).contains("failed");
      long events = sennit.count();
      sennit.append("{\"goes\":\"on\"}").join();
      assertThat(sennit.count()).isEqualTo(events + 1);
      assertThat(sennit.status().mode()).isEqualTo("active");
    }
  }

  @Test
  void noPrivateKeyIsInIt() throws IOException {
    try (var sennit = recorded(64 << 20, Keep.LAST)) {
      for (int i = 0; i < 50; i++) {
        sennit.append("{\"n\":" + i + "}").join();
      }
    }
    byte[] key;
    try (var home = Home.open(ship)) {
      key = home.privateKey();
    }
    var secrets =
        List.of(
            new String(key, StandardCharsets.ISO_8859_1),
            HexFormat.of().formatHex(key),
            Base64.getUrlEncoder().withoutPadding().encodeToString(key),
            Base64.getEncoder().withoutPadding().encodeToString(key));
    for (var part : Recording.parts(box)) {
      var all = new StringBuilder(Files.readString(part.file(), StandardCharsets.ISO_8859_1));
      try (var reader = part.open()) {
        for (var piece = reader.piece(); piece != null; piece = reader.piece()) {
          all.append(new String(piece, StandardCharsets.ISO_8859_1));
        }
      }
      assertThat(all).as("the steps are read").contains("\"n\":49");
      for (var secret : secrets) {
        assertThat(all.indexOf(secret)).isNegative();
      }
    }
  }

  @Test
  void aFlippedBitIsRefusedWithItsPlace() throws IOException {
    recordSome();
    var part = Recording.parts(box).getFirst();
    var bytes = Files.readAllBytes(part.file());
    var random = new SplittableRandom(11);
    int refused = 0;
    for (int round = 0; round < 60; round++) {
      int at = random.nextInt(bytes.length);
      var harmed = bytes.clone();
      harmed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(part.file(), harmed);
      if (at >= bytes.length - 200) { // the last frame: it may look like a write that was cut
        continue;
      }
      assertThatThrownBy(() -> replay(part))
          .as("byte %s of %s", at, bytes.length)
          .isInstanceOf(SennitException.class)
          .hasMessageContaining(part.file().toString())
          .hasMessageContaining("damaged: byte ");
      refused++;
    }
    assertThat(refused).isGreaterThan(30);
  }

  @Test
  void aTornEndIsCutAndTold() throws IOException {
    recordSome();
    var part = Recording.parts(box).getFirst();
    long steps = replay(part);
    var bytes = Files.readAllBytes(part.file());
    int cut = bytes.length - 60; // the words at the end, and some of the last piece
    Files.write(part.file(), Arrays.copyOf(bytes, cut));
    var torn = Recording.parts(box).getFirst();
    assertThat(replay(torn)).isBetween(1L, steps);
    assertThat(ending(torn)).contains("is cut");
    var zeros = Arrays.copyOf(bytes, bytes.length + 4096);
    Arrays.fill(zeros, bytes.length - 39, zeros.length, (byte) 0);
    Files.write(part.file(), zeros);
    assertThat(ending(Recording.parts(box).getFirst())).contains("is cut");
  }

  /// In two pieces at least: what is said first is on the disk before the rest is said.
  private void recordSome() {
    try (var sennit = recorded(64 << 20, Keep.LAST)) {
      var random = new SplittableRandom(10);
      for (int half = 0; half < 2; half++) {
        for (int i = 0; i < 15; i++) {
          sennit.append(noise(random, 10)).join();
        }
        if (half == 0) { // noise does not become smaller than its 600 bytes
          await()
              .atMost(PATIENCE)
              .until(() -> sennit.recording().orElseThrow().sizeBytes() > 14 * 10 * 600);
        }
      }
    }
  }

  @Test
  void oneFolderIsForOneRecorder() {
    try (var _ = recorded(64 << 20, Keep.LAST)) {
      assertThatThrownBy(() -> Sennit.open(harbour, new RecordingOptions(box, 64 << 20, Keep.LAST)))
          .isInstanceOf(SennitException.class)
          .hasMessageContaining("another daemon records to " + box);
    }
    try (var again = Sennit.open(harbour)) {
      assertThat(again.count()).as("the refusal left nothing open").isPositive();
    }
  }

  @Test
  void aSizeThatHoldsNothingIsWrongUsage() {
    assertThatThrownBy(() -> Sennit.open(ship, new RecordingOptions(box, 1000, Keep.LAST)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 MiB");
  }
}
