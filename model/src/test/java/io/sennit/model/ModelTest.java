package io.sennit.model;

import static org.assertj.core.api.Assertions.assertThat;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Module;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kodkod.engine.satlab.SATFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs every command of `docs/model/sennit.als`, and breaks the model line by line to see that the
/// checks bite.
///
/// With `-Dmodel.scope="…"` every check runs in that scope; `docs/model/check` says so.
class ModelTest {
  private static final Path MODEL = Path.of("../docs/model/sennit.als");
  private static final String SCOPE = "for 4 but 2 Run, 2 Machine, exactly 6 steps";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyInvariantHoldsAndEveryStoryIsPossible() throws IOException {
    var scope = System.getProperty("model.scope", SCOPE);
    var model = parse(Files.readString(MODEL).replace(SCOPE, scope));
    assertThat(model.getAllCommands()).hasSizeGreaterThan(10);
    return model.getAllCommands().stream()
        .map(command ->
            DynamicTest.dynamicTest(
                command.toString(),
                () ->
                    assertThat(hasInstance(model, command))
                        .as(
                            command.check
                                ? "%s has a counterexample"
                                : "%s has no instance; the checks may hold for want of it",
                            command)
                        .isEqualTo(!command.check)));
  }

  @ParameterizedTest(name = "{0} breaks {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          all tips             | I6               | r.first.parents = Root
          silent until durable | I7               | m.said' = m.said + r.events
          speak of the durable | I7               | m.said' = m.said + m.head
          prefix               | ClosedAfterCrash | some what
          batch atomic         | RunsWhole        | some what
          whole runs           | RunsWhole        | let what = r.first {
          parents first        | I2               | } else some r implies {
          """)
  void aModelWithoutThisLineIsCaught(String line, String invariant, String instead)
      throws IOException {
    var model = parse(mutated(line, instead));
    var check =
        model.getAllCommands().stream().filter(command -> command.label.equals(invariant)).toList();
    assertThat(check).hasSize(1);
    assertThat(hasInstance(model, check.getFirst()))
        .as("without '%s' there is a counterexample of %s", line, invariant)
        .isTrue();
  }

  private static String mutated(String line, String instead) throws IOException {
    var mark = " -- mutate: " + line;
    var lines = Files.readAllLines(MODEL);
    assertThat(lines.stream().filter(text -> text.endsWith(mark)))
        .as("lines that end in '%s'", mark)
        .hasSize(1);
    return String.join(
        "\n", lines.stream().map(text -> text.endsWith(mark) ? instead : text).toList());
  }

  private Module parse(String text) throws IOException {
    var file = Files.writeString(folder.resolve("sennit.als"), text);
    return CompUtil.parseEverything_fromFile(A4Reporter.NOP, null, file.toString());
  }

  private static boolean hasInstance(Module model, Command command) {
    var options = new A4Options();
    options.solver =
        SATFactory.find("glucose").filter(SATFactory::isPresent).orElse(SATFactory.DEFAULT);
    return TranslateAlloyToKodkod.execute_command(
            A4Reporter.NOP, model.getAllReachableSigs(), command, options)
        .satisfiable();
  }
}
