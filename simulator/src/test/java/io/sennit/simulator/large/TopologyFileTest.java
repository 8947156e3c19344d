package io.sennit.simulator.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.simulator.large.TopologyFile.Fault;
import io.sennit.simulator.large.TopologyFile.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyFileTest {
  @Test
  void regionsByPlaceAreAsFarApartAsLightIsSlow() {
    var topology =
        read(
            """
            {"regions": [
              {"name": "home", "share": 3, "latitude": 52.5, "longitude": 13.4},
              {"name": "away", "latitude": -33.9, "longitude": 151.2, "natShare": 0.5,
               "leafShare": 0.2, "publicShare": 0.1,
               "leafMegabits": 1, "homeMegabits": 50, "publicMegabits": 500}]}
            """);
    assertThat(topology.regions()).hasSize(2);
    assertThat(topology.regions().getFirst()).isEqualTo(Topology.Region.of("home", 3, 52.5, 13.4));
    assertThat(topology.regions().getLast())
        .isEqualTo(new Topology.Region("away", 1, -33.9, 151.2, 0.5, 0.2, 0.1, 1, 50, 500));
    assertThat(topology.oneWayMillis(0, 0)).isEqualTo(2);
    assertThat(topology.oneWayMillis(0, 1)).isBetween(105.0, 115.0); // 16,100 km
  }

  @Test
  void aMatrixReplacesThePlaces() {
    var topology =
        read(
            """
            {"regions": [{"name": "a"}, {"name": "b"}], "oneWayMillis": [[1, 20], [30, 2.5]]}
            """);
    assertThat(topology.oneWayMillis(0, 1)).isEqualTo(20);
    assertThat(topology.oneWayMillis(1, 0)).isEqualTo(30);
    assertThat(topology.oneWayMillis(1, 1)).isEqualTo(2.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          MALFORMED       | {"regions": [
          MALFORMED       | []
          MALFORMED       | {"regions": 3}
          MALFORMED       | {"regions": [{"name": 3}]}
          MALFORMED       | {"regions": [{"name": "a", "share": "much"}]}
          MALFORMED       | {"regions": [{"name": "a", "share": 1, "share": 2}]}
          MALFORMED       | {"regions": [{"name": "a", "latitude": 1, "longitude": 1}]} more
          UNKNOWN_MEMBER  | {"region": []}
          UNKNOWN_MEMBER  | {"regions": [{"name": "a", "latency": 3}]}
          MISSING_REGION  | {}
          MISSING_REGION  | {"regions": []}
          MISSING_REGION  | {"regions": [{"share": 3}]}
          REPEATED_REGION | {"regions": [{"name": "a"}, {"name": "a"}], "oneWayMillis": [[1, 1], [1, 1]]}
          MISSING_PLACE   | {"regions": [{"name": "a", "latitude": 3}]}
          OUT_OF_RANGE    | {"regions": [{"name": "a", "latitude": 91, "longitude": 1}]}
          OUT_OF_RANGE    | {"regions": [{"name": "a", "latitude": 9, "longitude": 1, "share": 0}]}
          OUT_OF_RANGE    | {"regions": [{"name": "a", "leafShare": 0.7, "publicShare": 0.4}]}
          WRONG_MATRIX    | {"regions": [{"name": "a"}], "oneWayMillis": [[1, 2]]}
          WRONG_MATRIX    | {"regions": [{"name": "a"}, {"name": "b"}], "oneWayMillis": [[1, 2]]}
          """)
  void whatIsWrongHasAName(Fault fault, String json) {
    assertThat(TopologyFile.read(json))
        .isInstanceOfSatisfying(
            Reading.Refused.class,
            refused -> {
              assertThat(refused.fault()).as(refused.detail()).isEqualTo(fault);
              assertThat(refused.detail()).isNotBlank();
            });
  }

  @Test
  void aRegionIsFoundByItsName() {
    var world = Topology.world();
    assertThat(world.regions()).hasSize(21);
    assertThat(world.regions().get(world.indexOf("Lagos")).name()).isEqualTo("Lagos");
    assertThatThrownBy(() -> world.indexOf("Atlantis"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Atlantis")
        .hasMessageContaining("Lagos");
  }

  private static Topology read(String json) {
    return switch (TopologyFile.read(json)) {
      case Reading.Read(var topology) -> topology;
      case Reading.Refused(var fault, var detail) ->
          throw new AssertionError(fault + ": " + detail);
    };
  }
}
