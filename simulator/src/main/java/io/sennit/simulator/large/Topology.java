package io.sennit.simulator.large;

import java.util.ArrayList;
import java.util.List;

/// Where machines are and what connects them: regions, and the way between each two.
///
/// Without a matrix, the one-way delay between two regions is that of light in real cables: half of
/// 4 ms + distance / 75 km per ms.
///
/// @param regions at least one, with different names
/// @param oneWayMillis as many rows of as many columns as there are regions, the delay from the
///   row's region to the column's, last miles not included; or empty
public record Topology(List<Region> regions, List<List<Double>> oneWayMillis) {
  /// Round trip between two machines beside each other, last miles not included.
  private static final double ROUND_TRIP_MILLIS_MIN = 4;

  /// Of a round trip.
  private static final double KM_PER_MILLI = 75;

  private static final double EARTH_RADIUS_KM = 6371;

  /// A part of the world.
  ///
  /// @param name different from all others
  /// @param share of the machines, relative to the sum of all
  /// @param latitude degrees, north is positive
  /// @param longitude degrees, east is positive
  /// @param natShare of its machines, those that can only dial out
  /// @param leafShare of its machines, those with little bandwidth and four links
  /// @param publicShare of its machines, those with much bandwidth and up to 64 links
  /// @param leafMegabits uplink of a leaf, per second
  /// @param homeMegabits uplink of the machines between
  /// @param publicMegabits uplink of a public one
  public record Region(
      String name,
      double share,
      double latitude,
      double longitude,
      double natShare,
      double leafShare,
      double publicShare,
      double leafMegabits,
      double homeMegabits,
      double publicMegabits) {

    /// One machine in ten is a leaf, one in twenty public; all can be dialled.
    public static Region of(String name, double share, double latitude, double longitude) {
      return new Region(name, share, latitude, longitude, 0, 0.1, 0.05, 2, 20, 1000);
    }

    Region withNatShare(double natShare) {
      return new Region(
          name,
          share,
          latitude,
          longitude,
          natShare,
          leafShare,
          publicShare,
          leafMegabits,
          homeMegabits,
          publicMegabits);
    }
  }

  /// @throws IllegalArgumentException saying what does not fit; files are checked by [TopologyFile]
  public Topology {
    regions = List.copyOf(regions);
    oneWayMillis = oneWayMillis.stream().map(List::copyOf).toList();
    if (regions.isEmpty()) {
      throw new IllegalArgumentException("a topology without regions");
    }
    int size = regions.size();
    if (!oneWayMillis.isEmpty()
        && (oneWayMillis.size() != size
            || oneWayMillis.stream().anyMatch(row -> row.size() != size))) {
      throw new IllegalArgumentException("a matrix that is not " + size + " squared");
    }
  }

  /// Twenty-one cities all over the world, by the people who live around them.
  public static Topology world() {
    return new Topology(
        List.of(
            Region.of("Tokyo", 3.7, 35.7, 139.7),
            Region.of("Delhi", 3.2, 28.6, 77.2),
            Region.of("Shanghai", 2.9, 31.2, 121.5),
            Region.of("São Paulo", 2.2, -23.6, -46.6),
            Region.of("Mexico City", 2.2, 19.4, -99.1),
            Region.of("Cairo", 2.2, 30.0, 31.2),
            Region.of("Mumbai", 2.1, 19.1, 72.9),
            Region.of("Beijing", 2.2, 39.9, 116.4),
            Region.of("New York", 2.0, 40.7, -74.0),
            Region.of("Buenos Aires", 1.5, -34.6, -58.4),
            Region.of("Istanbul", 1.6, 41.0, 29.0),
            Region.of("Lagos", 1.6, 6.5, 3.4),
            Region.of("Los Angeles", 1.3, 34.1, -118.2),
            Region.of("Moscow", 1.3, 55.8, 37.6),
            Region.of("Jakarta", 1.1, -6.2, 106.8),
            Region.of("Paris", 1.1, 48.9, 2.4),
            Region.of("London", 1.0, 51.5, -0.1),
            Region.of("Chicago", 0.9, 41.9, -87.6),
            Region.of("Johannesburg", 1.0, -26.2, 28.0),
            Region.of("Frankfurt", 0.8, 50.1, 8.7),
            Region.of("Sydney", 0.5, -33.9, 151.2)),
        List.of());
  }

  /// The same regions behind other routers.
  ///
  /// @param share of the machines of every region that can only dial out
  public Topology withNatShare(double share) {
    if (!(share >= 0 && share <= 0.99)) {
      throw new IllegalArgumentException("NAT share: " + share + " is not within 0 … 0.99");
    }
    var changed = new ArrayList<Region>(regions.size());
    for (var region : regions) {
      changed.add(region.withNatShare(share));
    }
    return new Topology(changed, oneWayMillis);
  }

  /// The number of the region with this name.
  ///
  /// @throws IllegalArgumentException when there is none
  public int indexOf(String name) {
    for (int i = 0; i < regions.size(); i++) {
      if (regions.get(i).name.equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "no region is called "
            + name
            + "; there are "
            + String.join(", ", regions.stream().map(Region::name).toList()));
  }

  /// The delay from one region to another or within it, last miles not included.
  public double oneWayMillis(int from, int to) {
    return oneWayMillis.isEmpty()
        ? (ROUND_TRIP_MILLIS_MIN + distanceKm(regions.get(from), regions.get(to)) / KM_PER_MILLI)
            / 2
        : oneWayMillis.get(from).get(to);
  }

  private static double distanceKm(Region a, Region b) {
    double phiA = Math.toRadians(a.latitude);
    double phiB = Math.toRadians(b.latitude);
    double across = StrictMath.sin((phiB - phiA) / 2);
    double along = StrictMath.sin(Math.toRadians(b.longitude - a.longitude) / 2);
    double h = across * across + StrictMath.cos(phiA) * StrictMath.cos(phiB) * along * along;
    return 2 * EARTH_RADIUS_KM * StrictMath.asin(Math.min(1, StrictMath.sqrt(h)));
  }
}
