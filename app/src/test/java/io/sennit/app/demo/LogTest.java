package io.sennit.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.app.cli.Shell;
import io.sennit.app.door.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a daemon writes into its log while it lives.
final class LogTest {
  private static final int SECONDS_MAX = 30;

  @TempDir Path folder;

  private Process run(String name, Object... more) throws IOException {
    var words = new ArrayList<Object>(List.of("run", "--json", "--dir", folder.resolve(name)));
    words.addAll(List.of(more));
    return ProcessesTest.builder(words.toArray())
        .redirectErrorStream(false)
        .redirectError(log(name).toFile())
        .start();
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private List<Map<String, Object>> entries(String name) throws IOException {
    return Files.readAllLines(log(name)).stream().map(Json::read).toList();
  }

  private List<String> said(String name, String level) throws IOException {
    return entries(name).stream()
        .filter(entry -> Json.string(entry, "level").equals(level))
        .map(entry -> Json.string(entry, "message"))
        .toList();
  }

  private static Map<String, Object> ready(Process daemon) throws IOException {
    return Json.read(daemon.inputReader(StandardCharsets.UTF_8).readLine());
  }

  private static void stop(Process daemon) throws InterruptedException {
    daemon.toHandle().destroy();
    assertThat(daemon.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(daemon.exitValue()).isZero();
  }

  @Test
  void aLifeIsToldWithoutSecretsAndAFarewellIsNoFault() throws Exception {
    Shell.done("init", "--dir", folder.resolve("a"));
    var a = run("a", "--log-format", "json", "--log-level", "debug");
    var listen = Json.string(ready(a), "listen");
    var ticket = Shell.done("invite", "--dir", folder.resolve("a")).line();
    Shell.done("join", ticket, "--dir", folder.resolve("b"));
    var b = run("b", "--log-format", "json", "--log-level", "info");
    ready(b);
    await().atMost(Machines.PATIENCE).until(() -> said("a", "info").contains("a peer is up"));
    await()
        .atMost(Machines.PATIENCE)
        .until(() -> Shell.run("peers", "--dir", folder.resolve("b")).out().contains("in-sync"));
    stop(a);
    await().atMost(Machines.PATIENCE).until(() -> said("b", "info").contains("a peer is down"));
    stop(b);

    assertThat(said("a", "info"))
        .contains(
            "the store is open",
            "the mode changed",
            "the daemon is ready",
            "a peer is up",
            "the daemon stops");
    for (var name : List.of("a", "b")) {
      assertThat(said(name, "warning")).as(Files.readString(log(name))).isEmpty();
      assertThat(said(name, "error")).as(Files.readString(log(name))).isEmpty();
      assertThat(entries(name))
          .allSatisfy(entry -> assertThat(entry).containsKeys("time", "level", "room", "message"));
    }
    assertThat(entries("b"))
        .filteredOn(entry -> Json.string(entry, "message").equals("a peer is down"))
        .first()
        .satisfies(entry -> {
          assertThat(Json.string(entry, "reason")).contains("is being closed");
          assertThat(Json.string(entry, "address")).isEqualTo(listen);
        });

    var key = Files.readAllBytes(folder.resolve("a").resolve("machine.key"));
    assertThat(Files.readString(log("a")))
        .doesNotContain(HexFormat.of().formatHex(key))
        .doesNotContain(Base64.getUrlEncoder().withoutPadding().encodeToString(key))
        .doesNotContain(ticket.substring(8, 60));
  }

  @Test
  void aPeerThatIsAwayIsToldOnce() throws Exception {
    Shell.done("init", "--dir", folder.resolve("a"));
    var a = run("a", "--log-format", "json", "--log-level", "info", "--peer", "127.0.0.1:1");
    ready(a);
    await()
        .atMost(Machines.PATIENCE)
        .until(() -> said("a", "info").stream().anyMatch(said -> said.contains("does not answer")));
    stop(a);
    assertThat(said("a", "info")).filteredOn(said -> said.contains("does not answer")).hasSize(1);
  }

  @Test
  void theLevelDecidesAndTheDefaultIsQuietText() throws Exception {
    Shell.done("init", "--dir", folder.resolve("a"));
    var a = run("a", "--log-level", "info");
    ready(a);
    stop(a);
    assertThat(Files.readAllLines(log("a")))
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.matches("20[-0-9]+T[:.0-9]+Z info +\\w+ +[a-z].*"));
    var quiet = run("a");
    ready(quiet);
    stop(quiet);
    assertThat(log("a")).isEmptyFile();
  }

  @Test
  void wrongUsageIsTwo() {
    var dir = folder.resolve("a");
    assertThat(Shell.refused(2, "run", "--dir", dir, "--log-level", "loud")).contains("WARNING");
    assertThat(Shell.refused(2, "run", "--dir", dir, "--log-format", "xml")).contains("JSON");
  }
}
