package io.sennit.overlay;

import io.sennit.event.MachineId;

/// A sketch of many machines, which tells about how many they are: of 32 registers, each machine
/// belongs to one, which holds the greatest number of leading zeros in a hash of theirs, plus one
/// (Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog: the analysis of a near-optimal cardinality
/// estimation algorithm", AofA 2007). The standard error is 18 %. Who is counted twice counts once,
/// so sketches can be merged in any order, however often.
///
/// @param epoch which census it belongs to, from 1; 0: none yet
/// @param a eight registers of one byte, each at most [#REGISTER_MAX]
/// @param b the next eight
/// @param c the next eight
/// @param d the last eight
public record Crowd(int epoch, long a, long b, long c, long d) {
  /// No register holds more: so many zeros in a hash of 64 bits, less the five that choose the
  /// register, plus one.
  static final int REGISTER_MAX = 60;

  private static final int REGISTERS = 4 * Long.BYTES;
  private static final int REGISTER_BITS = 5;

  /// The paper's α for 32 registers.
  private static final double ALPHA = 0.697;

  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long SALT = 0xC0_FFEE;

  /// A sketch of one machine.
  static Crowd of(int epoch, MachineId machine) {
    long hash = Chance.mix(machine.a() + SALT);
    int register = (int) (hash >>> (Long.SIZE - REGISTER_BITS));
    long zeros = Math.min(REGISTER_MAX, Long.numberOfLeadingZeros(hash << REGISTER_BITS) + 1);
    long word = zeros << (Byte.SIZE * (register % Long.BYTES));
    return switch (register / Long.BYTES) {
      case 0 -> new Crowd(epoch, word, 0, 0, 0);
      case 1 -> new Crowd(epoch, 0, word, 0, 0);
      case 2 -> new Crowd(epoch, 0, 0, word, 0);
      default -> new Crowd(epoch, 0, 0, 0, word);
    };
  }

  /// The machines of both; one of the two if it has all of the other's. They must be of the same
  /// epoch.
  Crowd with(Crowd other) {
    long a2 = greater(a, other.a);
    long b2 = greater(b, other.b);
    long c2 = greater(c, other.c);
    long d2 = greater(d, other.d);
    if (a2 == a && b2 == b && c2 == c && d2 == d) {
      return this;
    }
    boolean all = a2 == other.a && b2 == other.b && c2 == other.c && d2 == other.d;
    return all ? other : new Crowd(epoch, a2, b2, c2, d2);
  }

  /// Of each two bytes, the greater; no byte has its high bit set.
  private static long greater(long words, long others) {
    long notLess = ((words | HIGH_BITS) - others) & HIGH_BITS;
    long mask = (notLess >>> 7) * 0xFF;
    return (words & mask) | (others & ~mask);
  }

  /// How many machines it has seen, about.
  double estimate() {
    double sum = 0;
    int empty = 0;
    for (int i = 0; i < REGISTERS; i++) {
      int register = register(i);
      sum += 1.0 / (1L << register);
      empty += register == 0 ? 1 : 0;
    }
    double estimate = ALPHA * REGISTERS * REGISTERS / sum;
    return estimate <= 2.5 * REGISTERS && empty > 0
        ? REGISTERS * StrictMath.log((double) REGISTERS / empty)
        : estimate;
  }

  private int register(int index) {
    long word =
        switch (index / Long.BYTES) {
          case 0 -> a;
          case 1 -> b;
          case 2 -> c;
          default -> d;
        };
    return (int) (word >>> (Byte.SIZE * (index % Long.BYTES))) & 0xFF;
  }

  /// Whether no register of eight holds more than it can.
  static boolean isPossible(long registers) {
    for (long rest = registers; rest != 0; rest >>>= Byte.SIZE) {
      if ((rest & 0xFF) > REGISTER_MAX) {
        return false;
      }
    }
    return true;
  }
}
