package io.sennit.app.cli;

import static io.sennit.app.cli.Shell.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.Repository;
import io.sennit.app.door.Json;
import io.sennit.simulator.large.Topology;
import io.sennit.simulator.large.TopologyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The topologies that people begin with.
final class TopologiesTest {
  private static final Path FOLDER = Repository.ROOT.resolve("docs/topologies");

  static List<String> names() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(names()).containsExactly("factories.json", "ships.json", "shops.json", "world.json");
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSmallFederationThereIsEqualAfterACrash(String name) {
    var figures =
        Json.read(
            done(
                    "rehearse",
                    "--topology",
                    FOLDER.resolve(name),
                    "--machines",
                    60,
                    "--events",
                    5,
                    "--settle",
                    20,
                    "--quiet",
                    5,
                    "--json")
                .line());
    assertThat(figures).containsEntry("equal", true);
  }

  @Test
  void theWorldIsWhatIsRehearsedWithoutAFile() throws IOException {
    assertThat(TopologyFile.read(Files.readString(FOLDER.resolve("world.json"))))
        .isEqualTo(new TopologyFile.Reading.Read(Topology.world()));
  }
}
