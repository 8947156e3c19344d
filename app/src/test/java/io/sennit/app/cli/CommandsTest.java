package io.sennit.app.cli;

import static io.sennit.app.cli.Shell.done;
import static io.sennit.app.cli.Shell.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.door.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
  @TempDir Path folder;
  private Path a;

  @BeforeEach
  void found() {
    a = folder.resolve("a");
    done("init", "--dir", a, "--name", "test");
  }

  private String digest(Path dir) {
    return Json.string(Json.read(done("status", "--dir", dir, "--json").line()), "digest");
  }

  @Test
  void initSaysWhatItMade() {
    var b = folder.resolve("b");
    var said = Json.read(done("init", "--dir", b, "--open", "--json").line());
    assertThat(said.keySet()).containsExactly("root", "machine", "dir");
    assertThat(Json.string(said, "root")).matches("[0-9a-f]{64}");
    assertThat(Json.string(said, "machine")).matches("[A-Za-z0-9_-]{43}");
    assertThat(Json.string(said, "dir")).isEqualTo(b.toString());
    assertThat(done("init", "--dir", folder.resolve("c")).out()).contains("open");
  }

  @Test
  void initDoesNotTakeAFolderThatIsInUse() {
    assertThat(refused(3, "init", "--dir", a)).contains("not empty");
  }

  @Test
  void closedFederationsAreRefusedInWords() {
    var c = folder.resolve("c");
    assertThat(refused(3, "init", "--dir", c, "--closed")).contains("closed").contains("--open");
    assertThat(c).doesNotExist();
  }

  @Test
  void whatIsAppendedIsShown() {
    var uuid = done("append", "--dir", a, "{\"type\":\"first\"}").line();
    assertThat(uuid).matches("[0-9a-f]{64}");
    var event = done("append", "--dir", a, "--json", "{\"type\":\"second\"}").line();
    assertThat(Json.strings(Json.read(event), "parents")).containsExactly(uuid);
    var tip = Json.string(Json.read(event), "uuid");
    assertThat(done("tips", "--dir", a).line()).isEqualTo(tip);
    assertThat(Json.strings(Json.read(done("tips", "--dir", a, "--json").line()), "tips"))
        .containsExactly(tip);
    assertThat(done("show", "--dir", a, "--json", tip.substring(0, 12)).line()).isEqualTo(event);
    assertThat(done("show", "--dir", a, tip).out()).contains("second");
  }

  @Test
  void severalObjectsAreAppendedAllOrNone() {
    assertThat(done("append", "--dir", a, "{\"n\":1}", "{\"n\":2}").lines()).hasSize(2);
    var words = refused(3, "append", "--dir", a, "{\"n\":3}", "{\"n\":4");
    assertThat(words).contains("2");
    assertThat(done("export", "--dir", a).lines()).hasSize(3);
  }

  @Test
  void whatIsNotHereIsTheAnswerNo() {
    assertThat(refused(1, "show", "--dir", a, "0".repeat(64))).contains("no event");
  }

  @Test
  void wrongUsageIsTwoAndNamesWhatIsMissing() {
    for (var words :
        List.of(
            new Object[] {"append"},
            new Object[] {"status"},
            new Object[] {"status", "--dir", a, "--url", "http://127.0.0.1:1"},
            new Object[] {"join", "--dir", a},
            new Object[] {"init"},
            new Object[] {"nonsense"},
            new Object[] {"log", "--dir", a, "--limit", "many"},
            new Object[] {"log", "--dir", a, "--limit", "0"},
            new Object[] {"show", "--dir", a, "nothex"},
            new Object[] {"demo", "--machines", "99"},
            new Object[] {"run", "--dir", a, "--http", "nonsense"},
            new Object[] {"run", "--dir", a, "--capacity", "huge"},
            new Object[] {"run", "--dir", a, "--advertise", "nonsense"},
            new Object[] {"run", "--dir", a, "--advertise", "0.0.0.0:7400"},
            new Object[] {"run", "--dir", a, "--advertise", "[::]:7400"},
            new Object[] {"invite", "--dir", a, "--peer", "nonsense"})) {
      assertThat(refused(2, words)).as(List.of(words).toString()).startsWith("sennit: ");
    }
  }

  @Test
  void aFolderThatIsNoneIsRefusedInWords() {
    assertThat(refused(3, "status", "--dir", folder.resolve("nowhere"))).contains("init");
    assertThat(refused(3, "status", "--url", "http://127.0.0.1:9")).contains("run");
  }

  @Test
  void anAddressOffLoopbackIsRefusedInWords() {
    assertThat(refused(3, "run", "--dir", a, "--http", "0.0.0.0:0")).contains("127.0.0.1");
  }

  @Test
  void theLogIsNewestFirst() {
    done("append", "--dir", a, "{\"type\":\"first\"}", "{\"type\":\"second\"}");
    var lines = done("log", "--dir", a).lines();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("second");
    assertThat(lines.get(1)).contains("first");
    assertThat(lines.get(2)).contains("test");
    assertThat(done("log", "--dir", a, "--limit", "1").line()).isEqualTo(lines.getFirst());
    assertThat(done("log", "--dir", a, "--graph").lines())
        .hasSize(3)
        .allMatch(l -> l.startsWith("●"));
    assertThat(done("log", "--dir", a, "--json").lines())
        .isEqualTo(done("export", "--dir", a).lines().reversed());
  }

  @Test
  void whatEventsSayCannotSteerTheTerminal() {
    done("append", "--dir", a, "{\"text\":\"\\u001b[2J\\u202e\\u0085\"}");
    var steering = "\\P{Cntrl}*";
    for (var command : List.of("log", "show")) {
      var answer =
          command.equals("log")
              ? done("log", "--dir", a, "--graph")
              : done("show", "--dir", a, done("tips", "--dir", a).line());
      assertThat(answer.lines()).as(command).allMatch(line -> line.matches(steering));
      assertThat(answer.out()).as(command).doesNotContain(Character.toString(0x202e));
      assertThat(answer.out()).as(command).doesNotContain(Character.toString(0x85));
    }
  }

  @Test
  void aTicketLetsAnotherMachineIn() {
    var ticket = done("invite", "--dir", a, "--peer", "127.0.0.1:7400").line();
    var b = folder.resolve("b");
    var joined = Json.read(done("join", ticket, "--dir", b, "--json").line());
    assertThat(joined.keySet()).containsExactly("root", "machine", "dir");
    assertThat(Json.string(joined, "root"))
        .isEqualTo(Json.string(Json.read(done("status", "--dir", a, "--json").line()), "root"));
    assertThat(done("export", "--dir", b).lines()).isEqualTo(done("export", "--dir", a).lines());
    assertThat(done("peers", "--dir", b).out()).contains("127.0.0.1:7400");
    assertThat(refused(3, "join", ticket, "--dir", b)).contains("not empty");
    assertThat(refused(3, "join", ticket.substring(0, 99), "--dir", folder.resolve("c")))
        .contains("ticket");
    assertThat(refused(3, "join", "hello", "--dir", folder.resolve("c"))).contains("ticket");
  }

  @Test
  void twoSidesThatExchangeExportsEndEqual() throws Exception {
    var b = folder.resolve("b");
    done("join", done("invite", "--dir", a).line(), "--dir", b);
    for (int i = 0; i < 3; i++) {
      done("append", "--dir", a, "{\"at\":\"a\",\"n\":" + i + "}", "{\"at\":\"a\"}");
      done("append", "--dir", b, "{\"at\":\"b\",\"n\":" + i + "}");
    }
    assertThat(digest(a)).isNotEqualTo(digest(b));
    done("import", "--dir", b, exported(a, "a.jsonl"));
    done("import", "--dir", a, exported(b, "b.jsonl"));
    assertThat(digest(a)).isEqualTo(digest(b));
    assertThat(done("tips", "--dir", a).lines()).hasSize(2);
    assertThat(done("log", "--graph", "--dir", a).out())
        .isEqualTo(done("log", "--graph", "--dir", b).out());
    done("append", "--dir", a, "{\"type\":\"merge\"}");
    assertThat(done("tips", "--dir", a).lines()).hasSize(1);
    for (var dir : List.of(a, b)) {
      assertThat(done("verify", "--dir", dir).out()).isNotEmpty();
      var verified = Json.read(done("verify", "--dir", dir, "--json").line());
      assertThat(Json.number(verified, "findings")).isZero();
    }
  }

  @Test
  void clocksThatAreYearsApartChangeNothing() throws Exception {
    var b = folder.resolve("b");
    done("join", done("invite", "--dir", a).line(), "--dir", b);
    var late = done("append", "--dir", a, "{\"time\":\"2126-01-01T00:00:00.000Z\"}").line();
    var early = done("append", "--dir", b, "{\"time\":\"1926-01-01T00:00:00.000Z\"}").line();
    done("import", "--dir", b, exported(a, "a.jsonl"));
    done("import", "--dir", a, exported(b, "b.jsonl"));
    assertThat(digest(a)).isEqualTo(digest(b));
    var next = done("append", "--dir", b, "--json", "{\"time\":\"no time at all\"}").line();
    assertThat(Json.strings(Json.read(next), "parents")).containsExactlyInAnyOrder(late, early);
    done("import", "--dir", a, exported(b, "b.jsonl"));
    assertThat(digest(a)).isEqualTo(digest(b));
  }

  private Path exported(Path dir, String name) throws Exception {
    return Files.writeString(folder.resolve(name), done("export", "--dir", dir).out());
  }

  @Test
  void everyCommandTakesJsonAndHelps() {
    for (var command :
        List.of(
            "init", "invite", "join", "run", "append", "import", "export", "log", "show", "tips",
            "status", "peers", "verify", "doctor", "watch", "demo")) {
      assertThat(done(command, "--help").out())
          .contains("Usage: sennit " + command)
          .contains("--json");
    }
  }

  @Test
  void helpAndVersionAreNoFailure() {
    assertThat(done("--help").out()).contains("demo").contains("append");
    assertThat(done("--version").out()).startsWith("sennit ");
    var nothing = Shell.run();
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("append");
  }
}
