package io.sennit.simulator.tips;

import java.util.random.RandomGenerator;

/// How long an event takes from its machine to a place, in h.
public enum Delay {
  /// The same for all: h.
  CONSTANT {
    @Override
    double draw(RandomGenerator random) {
      return 1;
    }
  },

  /// From a half to one and a half h, for each event and place anew; an event that overtakes its
  /// parents waits for them.
  VARIED {
    @Override
    double draw(RandomGenerator random) {
      return random.nextDouble(0.5, 1.5);
    }
  };

  abstract double draw(RandomGenerator random);
}
