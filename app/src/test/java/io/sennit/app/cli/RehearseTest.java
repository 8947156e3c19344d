package io.sennit.app.cli;

import static io.sennit.app.cli.Shell.done;
import static io.sennit.app.cli.Shell.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Repository;
import io.sennit.app.door.Json;
import io.sennit.app.rehearsal.NotModelled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RehearseTest {
  private static final int SECONDS_MAX = 60;

  /// Few events, and little time before them.
  private static final List<Object> SHORT =
      List.of("--settle", "5", "--quiet", "5", "--events", "4");

  @TempDir Path folder;

  private static Object[] words(Object... more) {
    var words = new ArrayList<Object>(List.of("rehearse"));
    words.addAll(SHORT);
    words.addAll(List.of(more));
    return words.toArray();
  }

  private static Map<String, Object> figures(Object... more) {
    var words = new ArrayList<>(List.of(words(more)));
    words.add("--json");
    return Json.read(done(words.toArray()).line());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 200, 2_000})
  void aFederationOfAnySizeIsEqualAfterACrash(int machines) {
    var figures = figures("--machines", machines);
    assertThat(figures.keySet())
        .containsExactly(
            "machines",
            "events",
            "equal",
            "payloadCopies",
            "announcementsPerDelivery",
            "deliveryMillisP50",
            "deliveryMillisP99",
            "deliveryMillisMax",
            "parentsPerEvent",
            "tips",
            "idleBytesPerSecond",
            "repairSeconds",
            "seconds",
            "peakBytes",
            "seed",
            "traceHash");
    assertThat(figures).containsEntry("machines", (long) machines).containsEntry("equal", true);
    assertThat(Json.number(figures, "events")).isGreaterThanOrEqualTo(8);
    assertThat(Json.string(figures, "traceHash")).matches("[0-9a-f]{32}");
    assertThat(Json.number(figures, "peakBytes")).isPositive();
    if (machines > 9) {
      assertThat(number(figures, "payloadCopies")).isGreaterThanOrEqualTo(1);
      assertThat(number(figures, "deliveryMillisP99"))
          .isPositive()
          .isLessThanOrEqualTo(number(figures, "deliveryMillisMax"));
    }
  }

  private static double number(Map<String, Object> figures, String name) {
    var value = figures.get(name);
    return value instanceof Json.Raw(var text)
        ? Double.parseDouble(text)
        : Json.number(figures, name);
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    var once = figures("--machines", 60, "--seed", 7, "--loss", "2%", "--churn", "10%");
    var again = figures("--machines", 60, "--seed", 7, "--loss", "0.02", "--churn", "0.1");
    var other = figures("--machines", 60, "--seed", 8, "--loss", "2%", "--churn", "10%");
    assertThat(again).containsEntry("traceHash", once.get("traceHash")).containsEntry("seed", 7L);
    assertThat(other.get("traceHash")).isNotEqualTo(once.get("traceHash"));
    for (var name : List.of("seconds", "peakBytes")) {
      once.remove(name);
      again.remove(name);
    }
    assertThat(again).isEqualTo(once);
  }

  @Test
  void everyOptionChangesTheRun() {
    var usual = figures("--machines", 30, "--crash", "0").get("traceHash");
    for (var option :
        List.of(
            List.of("--rate", "3"),
            List.of("--events", "9"),
            List.of("--payload", "20000"),
            List.of("--nat", "50%"),
            List.of("--random-links"),
            List.of("--loss", "10%"),
            List.of("--duplication", "50%"),
            List.of("--churn", "0.9"),
            List.of("--partition", "Tokyo:5"),
            List.of("--crash", "0.2"),
            List.of("--crash", "0.2", "--silent", "1"),
            List.of("--settle", "6"),
            List.of("--quiet", "6"))) {
      var words = new ArrayList<Object>(List.of("--machines", 30, "--crash", "0"));
      if (option.contains("--crash")) {
        words.subList(2, 4).clear();
      }
      words.addAll(option);
      assertThat(unrepeated(words).get("traceHash")).as(option.toString()).isNotEqualTo(usual);
    }
  }

  /// With the options of [#SHORT] that are not among the words.
  private static Map<String, Object> unrepeated(List<Object> words) {
    var all = new ArrayList<Object>(List.of("rehearse", "--json"));
    for (int i = 0; i < SHORT.size(); i += 2) {
      if (!words.contains(SHORT.get(i))) {
        all.addAll(SHORT.subList(i, i + 2));
      }
    }
    all.addAll(words);
    return Json.read(done(all.toArray()).line());
  }

  @Test
  void secondsOfWritingAreAsManyEventsAsTheRateSays() {
    var said =
        done(
            "rehearse",
            "--machines",
            5,
            "--crash",
            "0",
            "--settle",
            "1",
            "--quiet",
            "1",
            "--rate",
            "20",
            "--seconds",
            "3",
            "--json");
    assertThat(Json.number(Json.read(said.line()), "events")).isEqualTo(60);
  }

  @Test
  void everyRunSaysHowToRepeatItAndWhatItLeavesOut() {
    var said = done(words("--machines", 12, "--partition", "New York:2:one-way"));
    assertThat(said.lines().getFirst())
        .isEqualTo(
            "Command: sennit rehearse --settle 5 --quiet 5 --events 4 --machines 12 --partition"
                + " 'New York:2:one-way' --seed 1");
    assertThat(said.out()).contains("Equal: of 12 machines").contains("seed 1, trace ");
    assertThat(said.err()).isEmpty();
    var aside = done(words("--machines", 12, "--seed", "5", "--json"));
    assertThat(aside.lines()).hasSize(1);
    assertThat(aside.err())
        .startsWith("Command: sennit rehearse ")
        .contains("--seed 5 --json")
        .contains("seed 5");
    for (var sentence : NotModelled.SENTENCES) {
      assertThat(said.out()).contains(sentence);
      assertThat(aside.err()).contains(sentence);
    }
  }

  @Test
  void thePageForPeopleSaysWhatIsLeftOutToo() throws Exception {
    var page = Files.readString(Repository.ROOT.resolve("docs/howto/rehearse.md"));
    assertThat(NotModelled.SENTENCES).allSatisfy(sentence -> assertThat(page).contains(sentence));
  }

  @Test
  void theReportIsAPageInAFolder() throws Exception {
    var report = folder.resolve("not/there yet");
    var said = done(words("--machines", 40, "--report", report));
    var page = report.resolve("index.html");
    assertThat(said.lines().getLast()).isEqualTo("Page: " + page.toUri());
    var html = Files.readString(page);
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("A rehearsal with 40 machines")
        .contains("--report '" + report + "' --seed 1");
    assertThat(html.split("<svg class=\"plot\"", -1)).as("plots").hasSize(7);
  }

  @Test
  void machinesThatDifferAreTheAnswerNo() {
    var answer =
        Shell.run(
            "rehearse",
            "--machines",
            50,
            "--patience",
            1,
            "--settle",
            0,
            "--quiet",
            1,
            "--crash",
            0,
            "--loss",
            "50%");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.out()).contains("NOT EQUAL: ");
    assertThat(answer.err().lines()).singleElement().asString().contains("--patience");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--machines 0          | --machines: 0",
        "--machines many       | --machines",
        "--machines 5000000    | 4000000",
        "--machines 4000000 --events 1000000 | smaller",
        "--rate 0              | --rate: 0",
        "--events -1           | --events: -1",
        "--seconds 0           | --seconds: 0",
        "--seconds 5 --events 3 | leave one of them out",
        "--payload 0           | --payload: 0",
        "--nat 1               | --nat: 1",
        "--loss 0.6            | --loss: 0.6",
        "--loss much           | write 0.05 or 5%",
        "--duplication 101%    | --duplication: 1.01",
        "--churn 2             | --churn: 2",
        "--crash 1             | --crash: 1",
        "--crash NaN           | --crash: NaN",
        "--silent 1.1          | --silent: 1.1",
        "--settle -1           | --settle: -1",
        "--quiet 0             | --quiet: 0",
        "--patience 0          | --patience: 0",
        "--seed x              | --seed",
        "--partition Tokyo     | REGION:SECONDS",
        "--partition Tokyo:5:both | REGION:SECONDS",
        "--partition Tokyo:long | no number of seconds",
        "--partition Tokyo:-1  | -1",
        "--partition Atlantis:5 | there are Tokyo, Delhi",
        "--topology nowhere.json | there is no file nowhere.json",
        "--colour red          | --colour"
      })
  void wrongUsageSaysWhichOptionAndWhatItTakes(String options, String words) {
    var line = new ArrayList<Object>(List.of("rehearse"));
    line.addAll(List.of(options.split(" ", -1)));
    assertThat(refused(2, line.toArray())).startsWith("sennit: ").contains(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{                                     | line 1",
        "[]                                    | an object is needed",
        "{'regions': []}                       | regions: there is none",
        "{'regions': [{'name': 'a'}]}          | latitude and longitude",
        "{'regions': [{'name': 'a', 'latitude': 91, 'longitude': 0}]} | region 1, latitude: 91",
        "{'regions': [{'name': 'a', 'colour': 1}]} | nothing is called colour",
        "{'regions': [{'name': 'a'}, {'name': 'a'}], 'oneWayMillis': [[1, 1], [1, 1]]} | two"
            + " regions are called a",
        "{'regions': [{'name': 'a'}], 'oneWayMillis': [[1, 2]]} | 1 rows of 1 numbers"
      })
  void aTopologyThatIsNoneSaysWhere(String json, String words) throws Exception {
    var file = Files.writeString(folder.resolve("t.json"), json.replace('\'', '"'));
    assertThat(refused(2, "rehearse", "--topology", file))
        .contains("--topology: " + file)
        .contains(words)
        .contains("docs/howto/rehearse.md");
  }

  @Test
  void aFileOfOtherBytesIsNoTopology() throws Exception {
    var file = Files.write(folder.resolve("t.json"), new byte[] {(byte) 0xff, 1, 2});
    assertThat(refused(2, "rehearse", "--topology", file)).contains("UTF-8");
    assertThat(refused(2, "rehearse", "--topology", folder)).contains("--topology: " + folder);
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidBeforeTheRun() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "");
    assertThat(refused(2, "rehearse", "--machines", 4_000, "--report", file)).contains("is a file");
    assertThat(refused(2, "rehearse", "--machines", 4_000, "--report", file.resolve("below")))
        .contains("cannot make the folder");
  }

  private record Ended(int code, String out, String err) {}

  private Ended java(List<String> options, String... words) throws Exception {
    var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.sennit.app.Main"));
    command.addAll(List.of(words));
    var out = folder.resolve("out.txt");
    var err = folder.resolve("err.txt");
    var process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void aJavaWithTooLittleMemoryHandsOverToOneWithEnough() throws Exception {
    var ended =
        java(
            List.of("-XX:+UseSerialGC", "-XX:MaxRAM=128m", "-Xlog:gc+init:stderr"),
            "rehearse",
            "--machines",
            "20",
            "--json");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines()).singleElement().asString().contains("\"equal\":true");
    assertThat(ended.err().lines().filter(line -> line.contains("Heap Max Capacity")))
        .as("one after the other")
        .hasSize(2);
    assertThat(ended.err().lines().filter(line -> line.startsWith("Command: sennit rehearse")))
        .hasSize(1);
  }

  @Test
  void aJavaWithChosenMemorySaysHowMuchIsWanted() throws Exception {
    var ended = java(List.of("-Xmx64m"), "rehearse", "--machines", "1000000");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .startsWith("sennit: 1,000,000 machines want about 1")
        .contains("of memory")
        .contains("-Xmx");
  }
}
