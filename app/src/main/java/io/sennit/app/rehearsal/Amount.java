package io.sennit.app.rehearsal;

import java.util.Locale;

/// Figures as people read them; one that was not measured says so.
final class Amount {
  static final String NOT_MEASURED = "not measured";

  private static final double GIB = 1 << 30;
  private static final double MIB = 1 << 20;
  private static final double KIB = 1 << 10;

  private Amount() {}

  /// A number of things.
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A number of things with its word, which takes an s unless it is one.
  static String count(long number, String word) {
    return count(number) + " " + word + (number == 1 ? "" : "s");
  }

  /// Any number, to about three digits.
  static String number(double value) {
    if (Double.isNaN(value)) {
      return NOT_MEASURED;
    }
    double size = Math.abs(value);
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return trimmed(String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.3f", value));
  }

  private static String trimmed(String digits) {
    return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
  }

  static String millis(double millis) {
    if (Double.isNaN(millis)) {
      return NOT_MEASURED;
    }
    if (millis >= 1_000) {
      return seconds(millis / 1_000);
    }
    return (millis < 10
            ? trimmed(String.format(Locale.ROOT, "%.1f", millis))
            : String.format(Locale.ROOT, "%.0f", millis))
        + " ms";
  }

  static String seconds(double seconds) {
    if (Double.isNaN(seconds)) {
      return NOT_MEASURED;
    }
    if (seconds < 90) {
      return trimmed(String.format(Locale.ROOT, seconds < 10 ? "%.2f" : "%.1f", seconds)) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 5_400
        ? whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s")
        : whole / 3_600 + " h " + whole % 3_600 / 60 + " min";
  }

  static String bytes(long bytes) {
    return bytes((double) bytes);
  }

  static String bytes(double bytes) {
    if (Double.isNaN(bytes)) {
      return NOT_MEASURED;
    }
    if (bytes >= GIB) {
      return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }
    if (bytes >= 10 * MIB) {
      return String.format(Locale.ROOT, "%.0f MiB", bytes / MIB);
    }
    return bytes >= 10 * KIB
        ? String.format(Locale.ROOT, "%,.0f KiB", bytes / KIB)
        : String.format(Locale.ROOT, "%,.0f B", bytes);
  }

  static String bytesPerSecond(double bytes) {
    if (Double.isNaN(bytes)) {
      return NOT_MEASURED;
    }
    return bytes < 1_000
        ? number(bytes) + " B/s"
        : bytes < 1e6 ? number(bytes / 1_000) + " kB/s" : number(bytes / 1e6) + " MB/s";
  }

  static String share(double share) {
    return Double.isNaN(share) ? NOT_MEASURED : number(100 * share) + " %";
  }
}
