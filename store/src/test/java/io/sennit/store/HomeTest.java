package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.dag.Graphs;
import io.sennit.event.PretendSigner;
import io.sennit.event.Root;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What makes a directory a machine's, and what keeps others out.
final class HomeTest {
  private static final String MACHINE = PretendSigner.number(1).machine().toString();

  @TempDir Path temporary;

  private Path created(String name) {
    var directory = temporary.resolve(name);
    Home.create(directory, Graphs.root().event().toJson(), key(), MACHINE);
    return directory;
  }

  private static byte[] key() {
    var key = new byte[32];
    new SplittableRandom(1).nextBytes(key);
    return key;
  }

  private static void assertRefused(Path directory, String words) {
    assertThatThrownBy(() -> Home.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(words)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void itGivesBackWhatItWasMadeWith() throws IOException {
    var directory = created("d");
    try (var home = Home.open(directory)) {
      assertThat(home.machine()).isEqualTo(MACHINE);
      assertThat(home.privateKey()).isEqualTo(key());
      assertThat(home.rootJson()).isEqualTo(Graphs.root().event().toJson());
      assertThat(home.addressBook()).isEqualTo(directory.resolve("peers.json"));
      Arrays.fill(home.privateKey(), (byte) 0);
      assertThat(home.privateKey()).isEqualTo(key());
    }
    assertThat(Files.getPosixFilePermissions(directory.resolve("machine.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void itsStoreBeginsWithTheRoot() {
    try (var home = Home.open(created("d"))) {
      for (int i = 0; i < 2; i++) {
        try (var store = home.openStore(Graphs.root())) {
          assertThat(store.count()).isEqualTo(1);
          assertThat(store.event(1)).isEqualTo(Graphs.root().event());
        }
      }
    }
  }

  @Test
  void aDirectoryWithALogButWithoutAnIdentityIsToBeRepaired() throws IOException {
    var directory = created("d");
    Files.createDirectories(directory.resolve("log"));
    Files.delete(directory.resolve("sennit.json"));
    assertRefused(directory, "sennit.json is missing: run `sennit repair");
  }

  @Test
  void aDirectoryThatIsNotEmptyIsLeftAlone() throws IOException {
    Files.writeString(temporary.resolve("something"), "here");
    assertThatThrownBy(() -> Home.create(temporary, Graphs.root().event().toJson(), key(), MACHINE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not empty");
    var directory = created("d");
    assertThatThrownBy(() -> Home.create(directory, Graphs.root().event().toJson(), key(), MACHINE))
        .isInstanceOf(StoreException.class);
    Home.open(directory).close();
  }

  @Test
  void onlyOneMayUseIt() {
    var directory = created("d");
    try (var home = Home.open(directory)) {
      assertThat(home.machine()).isEqualTo(MACHINE);
      assertRefused(directory, "in use");
    }
    Home.open(directory).close();
  }

  @Test
  void anotherProcessIsKeptOut() throws IOException, InterruptedException {
    var directory = created("d");
    try (var home = Home.open(directory)) {
      assertThat(home.machine()).isEqualTo(MACHINE);
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Intruder.class.getName(),
                  directory.toString())
              .redirectErrorStream(true)
              .start();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("in use by another process");
    }
  }

  /// Opens a directory that somebody else uses.
  public static final class Intruder {
    private Intruder() {}

    /// The directory is the first argument.
    public static void main(String[] arguments) {
      try (var home = Home.open(Path.of(arguments[0]))) {
        System.out.println("opened, machine " + home.machine());
      } catch (StoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void whatIsNoSennitDirectoryIsSaidToBeNone() throws IOException {
    assertRefused(temporary.resolve("absent"), "not a Sennit directory");
    assertRefused(Files.createDirectory(temporary.resolve("empty")), "not a Sennit directory");
  }

  @Test
  void partsThatDoNotBelongTogetherAreRefused() throws IOException {
    var directory = created("d");
    var identity = directory.resolve("sennit.json");
    var text = Files.readString(identity);
    Files.writeString(identity, text.replace("\"format\":1", "\"format\":2"));
    assertRefused(directory, "newer build");
    Files.writeString(identity, "{}");
    assertRefused(directory, "damaged");
    Files.writeString(identity, text);
    var other = Root.found(PretendSigner.number(2), "other", new byte[16], Graphs.TIME);
    Files.write(directory.resolve("root.json"), other.event().toJson());
    assertRefused(directory, "belongs to root");
    Files.write(directory.resolve("root.json"), Graphs.root().event().toJson());
    Files.write(directory.resolve("machine.key"), new byte[31]);
    assertRefused(directory, "32 bytes");
    Files.delete(directory.resolve("machine.key"));
    assertRefused(directory, "missing");
    Files.write(directory.resolve("machine.key"), key());
    try (var home = Home.open(directory)) {
      assertThatThrownBy(() -> home.openStore(other))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("belongs to root");
    }
  }

  @Test
  void theLogOfAnotherFederationIsRefused() throws IOException {
    var directory = created("d");
    var other = Root.found(PretendSigner.number(2), "other", new byte[16], Graphs.TIME);
    var elsewhere = temporary.resolve("e");
    Home.create(elsewhere, other.event().toJson(), key(), MACHINE);
    try (var home = Home.open(elsewhere)) {
      home.openStore(other).close();
    }
    Files.move(elsewhere.resolve("log"), directory.resolve("log"), StandardCopyOption.ATOMIC_MOVE);
    try (var home = Home.open(directory)) {
      assertThatThrownBy(() -> home.openStore(Graphs.root()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("belongs to root");
    }
  }

  @Test
  void aLogThatIsGoneIsNotReplacedByAnEmptyOne() {
    var directory = created("d");
    try (var home = Home.open(directory)) {
      try (var store = home.openStore(Graphs.root())) {
        Stores.batches(new SplittableRandom(3), 20).forEach(store::append);
      }
      Stores.delete(directory.resolve("log"));
      assertThatThrownBy(() -> home.openStore(Graphs.root()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is gone");
    }
  }
}
