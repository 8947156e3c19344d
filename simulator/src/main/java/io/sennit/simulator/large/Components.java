package io.sennit.simulator.large;

import java.util.Arrays;

/// Which machines reach which over links that both ends have open and on which both are heard.
final class Components {
  private final int[] parents;
  private final int[] sizes;

  Components(int machines) {
    parents = new int[machines];
    sizes = new int[machines];
  }

  /// Machines of the largest component, of those that run.
  int largest(Network network) {
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
    }
    Arrays.fill(sizes, 1);
    int largest = 0;
    for (int machine = 0; machine < parents.length; machine++) {
      if (network.running(machine)) {
        largest = Math.max(largest, 1);
        for (int i = 0; i < network.linkCount(machine); i++) {
          int link = network.link(machine, i);
          int peer = network.peer(machine, link);
          if (peer < machine && network.sound(machine, link)) {
            largest = Math.max(largest, join(machine, peer));
          }
        }
      }
    }
    return largest;
  }

  /// @return how many are together now
  private int join(int machine, int peer) {
    int a = find(machine);
    int b = find(peer);
    if (a == b) {
      return sizes[a];
    }
    int small = sizes[a] < sizes[b] ? a : b;
    int great = a + b - small;
    parents[small] = great;
    sizes[great] += sizes[small];
    return sizes[great];
  }

  private int find(int machine) {
    int at = machine;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }
}
