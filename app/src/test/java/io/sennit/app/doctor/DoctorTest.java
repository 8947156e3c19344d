package io.sennit.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.cli.Shell;
import io.sennit.app.door.Json;
import io.sennit.node.Address;
import io.sennit.node.Sennit;
import io.sennit.node.Ticket;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every set-up that is wrong is named, with what to do.
final class DoctorTest {
  private static final Address LOOPBACK = new Address("127.0.0.1", 0);

  @TempDir Path folder;
  private Path a;

  @BeforeEach
  void found() {
    a = folder.resolve("a");
    Shell.done("init", "--dir", a, "--name", "test");
  }

  /// What doctor says of one thing, when it looks at a directory.
  private static Map<String, Object> sign(int code, String about, Path dir) {
    var answer = Shell.run("doctor", "--json", "--dir", dir);
    assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(code);
    var signs =
        answer.lines().stream()
            .map(Json::read)
            .filter(sign -> Json.string(sign, "about").equals(about))
            .toList();
    assertThat(signs).as(answer.out()).hasSize(1);
    var sign = signs.getFirst();
    assertThat(Json.string(sign, "remedy").isEmpty())
        .isEqualTo(Json.string(sign, "verdict").equals("ok"));
    return sign;
  }

  private static String found(Map<String, Object> sign, String verdict) {
    assertThat(Json.string(sign, "verdict")).as(sign.toString()).isEqualTo(verdict);
    return Json.string(sign, "found") + " → " + Json.string(sign, "remedy");
  }

  @Test
  void aMachineThatIsWellIsFoundWell() {
    var answer = Shell.done("doctor", "--dir", a);
    assertThat(answer.lines().getLast()).isEqualTo("All is well.");
    assertThat(answer.lines()).hasSizeGreaterThan(8).noneMatch(line -> line.contains("→"));
    assertThat(Shell.done("doctor").out()).contains("All is well.").doesNotContain("directory");
  }

  @Test
  void aFolderWithoutAMachineIsBad() {
    assertThat(found(sign(1, "directory", folder.resolve("x")), "bad")).contains("does not exist");
    assertThat(found(sign(1, "directory", folder), "bad")).contains("sennit init");
    var words = Shell.run("doctor", "--dir", folder).out();
    assertThat(words).contains("bad   directory").contains("→ make a machine").contains("1 bad");
  }

  @Test
  void aKeyThatOthersCanReadIsNamed() throws IOException {
    Files.setPosixFilePermissions(
        a.resolve("machine.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(found(sign(0, "key", a), "warn")).contains("chmod 600");
  }

  @Test
  void whatCannotBeOpenedSaysWhy() throws IOException {
    try (var _ = Sennit.open(a)) {
      assertThat(found(sign(1, "store", a), "bad")).contains("in use").contains("stop it");
    }
    var b = folder.resolve("b");
    Shell.done("init", "--dir", b);
    Files.copy(b.resolve("root.json"), a.resolve("root.json"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(found(sign(1, "store", a), "bad")).contains("belongs to root").contains("verify");
  }

  @Test
  void anAddressThatADaemonLeftBehindIsNamed() throws IOException {
    Files.writeString(a.resolve("http.url"), "http://127.0.0.1:1");
    assertThat(found(sign(0, "daemon", a), "warn")).contains("http.url").contains("sennit run");
  }

  @Test
  void aDaemonThatDoesNotAnswerIsBad() {
    var answer = Shell.run("doctor", "--url", "http://127.0.0.1:1");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.out()).contains("bad   daemon").contains("no daemon answers");
  }

  @Test
  void aPortInUseIsBad() throws IOException {
    try (var server = new ServerSocket(0)) {
      var answer = Shell.run("doctor", "--listen", "127.0.0.1:" + server.getLocalPort());
      assertThat(answer.code()).isEqualTo(1);
      assertThat(answer.out()).contains("bad   port").contains("--listen");
    }
    assertThat(Shell.done("doctor", "--http", "127.0.0.1:0").out()).contains("is free");
  }

  /// A machine that was told by a ticket that its peer is there, and that the key is `named`'s.
  private Path joiner(Sennit named, Address at) {
    var dir = folder.resolve("joiner");
    Sennit.join(dir, new Ticket(named.root(), named.status().machine(), List.of(at)));
    return dir;
  }

  @Test
  void aPeerThatAnswersIsWell() {
    try (var peer = Sennit.open(a)) {
      var dir = joiner(peer, peer.listen(LOOPBACK));
      assertThat(found(sign(0, "peer", dir), "ok")).contains("answers");
      assertThat(peer.status().machine()).isNotNull();
    }
  }

  @Test
  void aPeerThatIsAwayIsNamed() throws IOException {
    int free;
    try (var server = new ServerSocket(0)) {
      free = server.getLocalPort();
    }
    try (var peer = Sennit.open(a)) {
      var dir = joiner(peer, new Address("127.0.0.1", free));
      assertThat(found(sign(0, "peer", dir), "warn")).contains("refused").contains("firewall");
    }
  }

  @Test
  void aPeerWithAnotherKeyIsBad() {
    var c = folder.resolve("c");
    try (var peer = Sennit.open(a)) {
      Sennit.join(c, peer.invite(List.of()));
      try (var other = Sennit.open(c)) {
        var dir = joiner(peer, other.listen(LOOPBACK));
        assertThat(found(sign(1, "peer", dir), "bad")).contains("in between");
      }
    }
  }

  @Test
  void aPeerOfAnotherFederationIsBad() {
    var c = folder.resolve("c");
    Sennit.init(c, "other");
    try (var peer = Sennit.open(a);
        var other = Sennit.open(c)) {
      var dir = joiner(peer, other.listen(LOOPBACK));
      assertThat(found(sign(1, "peer", dir), "bad")).contains("another federation");
    }
  }

  @Test
  void somethingElseAtAPeersAddressIsBad() throws IOException {
    try (var peer = Sennit.open(a);
        var server = new ServerSocket(0)) {
      Thread.ofVirtual().start(() -> answerLikeAWebServer(server));
      var dir = joiner(peer, new Address("127.0.0.1", server.getLocalPort()));
      assertThat(found(sign(1, "peer", dir), "bad")).contains("--listen").contains("--http");
    }
  }

  private static void answerLikeAWebServer(ServerSocket server) {
    try (var socket = server.accept()) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPeerThatAnOperatorHungUpOnIsNamed() {
    var dir = folder.resolve("joiner");
    try (var peer = Sennit.open(a)) {
      var at = peer.listen(LOOPBACK);
      joiner(peer, at);
      try (var joined = Sennit.open(dir)) {
        assertThat(joined.disconnect(at)).isTrue();
      }
      assertThat(found(sign(0, "peer", dir), "warn")).contains("hung up").contains("POST");
    }
  }

  @Test
  void limitsAndClocksAreJudged() {
    assertThat(Computer.openFiles(256).verdict()).isEqualTo(Sign.Verdict.WARN);
    assertThat(Computer.openFiles(65_536).verdict()).isEqualTo(Sign.Verdict.OK);
    assertThat(Directory.room(1 << 20).verdict()).isEqualTo(Sign.Verdict.BAD);
    assertThat(Directory.room(1 << 29).verdict()).isEqualTo(Sign.Verdict.WARN);
    assertThat(Directory.room(1L << 40).verdict()).isEqualTo(Sign.Verdict.OK);
    assertThat(Computer.temporary(folder.resolve("x")).verdict()).isEqualTo(Sign.Verdict.BAD);
    var now = Instant.parse("2027-01-01T00:00:00Z");
    assertThat(Computer.clock(now, "2026-12-31T00:00:00Z").verdict()).isEqualTo(Sign.Verdict.OK);
    assertThat(Computer.clock(now, "about noon").verdict()).isEqualTo(Sign.Verdict.OK);
    assertThat(Computer.clock(now, "2036-12-31T00:00:00Z").verdict()).isEqualTo(Sign.Verdict.WARN);
    assertThat(Computer.clock(Instant.EPOCH, "").verdict()).isEqualTo(Sign.Verdict.WARN);
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(Shell.refused(2, "doctor", "--listen", "nonsense")).contains("HOST:PORT");
    assertThat(Shell.refused(2, "doctor", a)).startsWith("sennit: ");
  }
}
