package io.sennit.simulator.large;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads a topology from JSON:
///
/// ```json
/// {
///   "regions": [
///     {"name": "home", "share": 3, "latitude": 52.5, "longitude": 13.4},
///     {"name": "away", "share": 1, "latitude": -33.9, "longitude": 151.2,
///      "natShare": 0.5, "leafShare": 0.1, "publicShare": 0.05,
///      "leafMegabits": 2, "homeMegabits": 20, "publicMegabits": 1000}
///   ],
///   "oneWayMillis": [[2, 140], [140, 2]]
/// }
/// ```
///
/// Only `name` must be there. `share` is 1 when absent, the last six members of `away` are what
/// [Topology.Region#of] says; `oneWayMillis` replaces the distances, and without it every region
/// needs its place.
public final class TopologyFile {
  /// What a file says.
  public sealed interface Reading {
    /// A topology.
    record Read(Topology topology) implements Reading {}

    /// None.
    ///
    /// @param detail where and what, for people
    record Refused(Fault fault, String detail) implements Reading {}
  }

  /// Why a file is no topology.
  public enum Fault {
    /// It is not JSON, or not of the shape above.
    MALFORMED,
    /// A member that has no meaning here; a misspelt one would be left out in silence otherwise.
    UNKNOWN_MEMBER,
    /// There is no region, or one without a name.
    MISSING_REGION,
    /// Two regions have the same name.
    REPEATED_REGION,
    /// Neither a place of every region nor delays are given.
    MISSING_PLACE,
    /// A number lies where none can: a share below 0, a latitude above 90.
    OUT_OF_RANGE,
    /// The matrix has not as many rows and columns as there are regions.
    WRONG_MATRIX
  }

  /// Regions that a file may have.
  private static final int REGIONS_MAX = 256;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// Carries a refusal out of the parser's depths.
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final Fault fault;

    Refusal(Fault fault, String detail) {
      super(detail, null, false, false);
      this.fault = fault;
    }

    Reading.Refused reading() {
      return new Reading.Refused(fault, String.valueOf(getMessage()));
    }
  }

  private final JsonParser parser;

  private TopologyFile(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads the whole text of a file.
  public static Reading read(String json) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      return new Reading.Read(new TopologyFile(parser).topology());
    } catch (Refusal refusal) {
      return refusal.reading();
    } catch (JacksonException e) {
      return new Reading.Refused(Fault.MALFORMED, e.getOriginalMessage() + at(e));
    }
  }

  private static String at(JacksonException e) {
    var place = e.getLocation();
    return place == null ? "" : ", line " + place.getLineNr() + ", column " + place.getColumnNr();
  }

  private Topology topology() throws Refusal {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "a topology");
    List<Topology.Region> regions = List.of();
    List<List<Double>> matrix = List.of();
    boolean placed = true;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var member = parser.currentName();
      parser.nextToken();
      switch (member) {
        case "regions" -> {
          regions = new ArrayList<>();
          placed = regions(regions);
        }
        case "oneWayMillis" -> matrix = matrix();
        default -> throw unknown(member, "the topology");
      }
    }
    if (parser.nextToken() != null) {
      throw new Refusal(Fault.MALFORMED, "something follows the topology");
    }
    check(regions, matrix, placed);
    return new Topology(regions, matrix);
  }

  private static void check(
      List<Topology.Region> regions, List<List<Double>> matrix, boolean placed) throws Refusal {
    if (regions.isEmpty()) {
      throw new Refusal(Fault.MISSING_REGION, "regions: there is none");
    }
    if (regions.stream().mapToDouble(Topology.Region::share).sum() <= 0) {
      throw new Refusal(Fault.OUT_OF_RANGE, "share: the sum of all is 0");
    }
    var names = new TreeSet<String>();
    for (var region : regions) {
      if (!names.add(region.name())) {
        throw new Refusal(Fault.REPEATED_REGION, "two regions are called " + region.name());
      }
    }
    if (matrix.isEmpty()) {
      if (!placed) {
        throw new Refusal(
            Fault.MISSING_PLACE, "without oneWayMillis each region needs latitude and longitude");
      }
      return;
    }
    if (matrix.size() != regions.size()
        || matrix.stream().anyMatch(row -> row.size() != regions.size())) {
      throw new Refusal(
          Fault.WRONG_MATRIX,
          "oneWayMillis: " + regions.size() + " rows of " + regions.size() + " numbers are needed");
    }
  }

  /// @return whether every region has its place
  private boolean regions(List<Topology.Region> regions) throws Refusal {
    expect(parser.currentToken(), JsonToken.START_ARRAY, "regions");
    boolean placed = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (regions.size() == REGIONS_MAX) {
        throw new Refusal(Fault.OUT_OF_RANGE, "regions: more than " + REGIONS_MAX);
      }
      placed &= region(regions);
    }
    return placed;
  }

  private boolean region(List<Topology.Region> regions) throws Refusal {
    var where = "region " + (regions.size() + 1);
    expect(parser.currentToken(), JsonToken.START_OBJECT, where);
    @Nullable String name = null;
    var as = Topology.Region.of("", 1, Double.NaN, Double.NaN);
    double share = as.share();
    double latitude = as.latitude();
    double longitude = as.longitude();
    double natShare = as.natShare();
    double leafShare = as.leafShare();
    double publicShare = as.publicShare();
    double leafMegabits = as.leafMegabits();
    double homeMegabits = as.homeMegabits();
    double publicMegabits = as.publicMegabits();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var member = parser.currentName();
      var token = parser.nextToken();
      switch (member) {
        case "name" -> {
          expect(token, JsonToken.VALUE_STRING, where + ", name");
          name = parser.getString();
        }
        case "share" -> share = number(where, 0, 1e9);
        case "latitude" -> latitude = number(where, -90, 90);
        case "longitude" -> longitude = number(where, -180, 180);
        case "natShare" -> natShare = number(where, 0, 1);
        case "leafShare" -> leafShare = number(where, 0, 1);
        case "publicShare" -> publicShare = number(where, 0, 1);
        case "leafMegabits" -> leafMegabits = number(where, 0.001, 1e6);
        case "homeMegabits" -> homeMegabits = number(where, 0.001, 1e6);
        case "publicMegabits" -> publicMegabits = number(where, 0.001, 1e6);
        default -> throw unknown(member, where);
      }
    }
    if (name == null || name.isBlank()) {
      throw new Refusal(Fault.MISSING_REGION, where + ": it has no name");
    }
    if (leafShare + publicShare > 1) {
      throw new Refusal(Fault.OUT_OF_RANGE, where + ": leafShare + publicShare is more than 1");
    }
    regions.add(
        new Topology.Region(
            name,
            share,
            latitude,
            longitude,
            natShare,
            leafShare,
            publicShare,
            leafMegabits,
            homeMegabits,
            publicMegabits));
    return !Double.isNaN(latitude) && !Double.isNaN(longitude);
  }

  private List<List<Double>> matrix() throws Refusal {
    expect(parser.currentToken(), JsonToken.START_ARRAY, "oneWayMillis");
    var rows = new ArrayList<List<Double>>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      var where = "oneWayMillis, row " + (rows.size() + 1);
      expect(parser.currentToken(), JsonToken.START_ARRAY, where);
      var row = new ArrayList<Double>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        row.add(number(where, 0, 60_000));
        if (row.size() > REGIONS_MAX) {
          throw new Refusal(Fault.WRONG_MATRIX, where + ": more than " + REGIONS_MAX);
        }
      }
      rows.add(row);
      if (rows.size() > REGIONS_MAX) {
        throw new Refusal(Fault.WRONG_MATRIX, where + ": more than " + REGIONS_MAX);
      }
    }
    return rows;
  }

  private double number(String where, double min, double max) throws Refusal {
    var token = parser.currentToken();
    if (token == null || !token.isNumeric()) {
      throw new Refusal(Fault.MALFORMED, where + member() + ": a number is needed");
    }
    double value = parser.getDoubleValue();
    if (!(value >= min && value <= max)) {
      throw new Refusal(
          Fault.OUT_OF_RANGE,
          where + member() + ": " + value + " is not within " + min + " … " + max);
    }
    return value;
  }

  private String member() {
    var name = parser.currentName();
    return name == null ? "" : ", " + name;
  }

  private static void expect(@Nullable JsonToken token, JsonToken expected, String where)
      throws Refusal {
    if (token != expected) {
      var kind =
          switch (expected) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            default -> "a text";
          };
      throw new Refusal(Fault.MALFORMED, where + ": " + kind + " is needed");
    }
  }

  private static Refusal unknown(String member, String where) {
    return new Refusal(Fault.UNKNOWN_MEMBER, where + ": nothing is called " + member);
  }
}
