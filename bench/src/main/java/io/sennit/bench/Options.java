package io.sennit.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `bench/run` was asked for.
///
/// @param names of measurements, or `all`
/// @param json whether results are printed as JSON
/// @param quick small sizes and two rounds, to see that everything works; its figures mean nothing
///   and are not kept
/// @param large also what takes long
/// @param peers whether other systems take part
/// @param profile whether it is the profile that is wanted, not the figures
/// @param rounds that count
record Options(
    List<String> names,
    boolean json,
    boolean quick,
    boolean large,
    boolean peers,
    boolean profile,
    int rounds) {
  private static final int ROUNDS = 5;
  private static final int ROUNDS_QUICK = 2;

  Options {
    names = List.copyOf(names);
  }

  /// Empty when the arguments cannot be understood.
  static Optional<Options> parse(List<String> arguments) {
    var names = new ArrayList<String>();
    boolean json = false;
    boolean quick = false;
    boolean large = false;
    boolean peers = true;
    boolean profile = false;
    int rounds = 0;
    for (var argument : arguments) {
      switch (argument) {
        case "--json" -> json = true;
        case "--quick" -> quick = true;
        case "--large" -> large = true;
        case "--no-peers" -> peers = false;
        case "--profile" -> profile = true;
        default -> {
          if (argument.matches("--rounds=[1-9]\\d{0,2}")) {
            rounds = Integer.parseInt(argument.substring("--rounds=".length()));
          } else if (argument.startsWith("-")) {
            return Optional.empty();
          } else {
            names.add(argument);
          }
        }
      }
    }
    int wanted = rounds > 0 ? rounds : quick || profile ? ROUNDS_QUICK : ROUNDS;
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(new Options(names, json, quick, large, peers && !profile, profile, wanted));
  }

  /// The first size, or the second one for a quick look.
  int size(int whole, int small) {
    return quick ? small : whole;
  }
}
