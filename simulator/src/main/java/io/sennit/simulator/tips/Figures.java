package io.sennit.simulator.tips;

import java.util.Arrays;

/// What a run came to.
///
/// @param tips that a creator held, on average
/// @param tipsP99 and at most, 99 times of 100
/// @param parents of an event, on average
/// @param boundedShare of events that do not name all tips
/// @param coveredMean time from an event until all new ones descend from it, on average, in h
/// @param coveredMax the longest of those looked at
public record Figures(
    double tips,
    double tipsP99,
    double parents,
    double boundedShare,
    double coveredMean,
    double coveredMax) {
  private static final int SAMPLES = Long.SIZE;

  /// Runs a setting.
  public static Figures of(Setting setting, Federation.Listener also) {
    var meter = new Meter(setting, also);
    Federation.run(setting, meter);
    return meter.figures();
  }

  private static final class Meter implements Federation.Listener {
    private final Setting setting;
    private final Federation.Listener also;

    /// For each event, which samples are among its ancestors, or it is.
    private final long[] covers;

    private final double[] sampledAt = new double[SAMPLES];
    private final double[] uncoveredAt = new double[SAMPLES];
    private final long[] tips;
    private int samples;
    private int counted;
    private int bounded;
    private long parents;

    Meter(Setting setting, Federation.Listener also) {
      this.setting = setting;
      this.also = also;
      this.covers = new long[setting.events() + 1];
      this.tips = new long[setting.events() + 1];
    }

    @Override
    public void written(History history, int event) {
      also.written(history, event);
      for (int parent : history.parents(event)) {
        covers[event] |= covers[parent];
      }
      double time = history.time(event);
      for (int sample = 0; sample < samples; sample++) {
        if ((covers[event] & 1L << sample) == 0) {
          uncoveredAt[sample] = time;
        }
      }
      int first = setting.firstCounted();
      long step = Math.max(1, (setting.lastSample() - first) / SAMPLES);
      if (event >= first + samples * step && event <= setting.lastSample() && samples < SAMPLES) {
        covers[event] |= 1L << samples;
        sampledAt[samples] = time;
        uncoveredAt[samples] = time;
        samples++;
      }
      if (event >= first) {
        tips[counted++] = history.tips(event);
        parents += history.parents(event).length;
        bounded += history.bounded(event) ? 1 : 0;
      }
    }

    @Override
    public void arrived(History history, int place, int event, double time) {
      also.arrived(history, place, event, time);
    }

    Figures figures() {
      double sum = 0;
      double longest = 0;
      for (int sample = 0; sample < samples; sample++) {
        double took = uncoveredAt[sample] - sampledAt[sample];
        sum += took;
        longest = Math.max(longest, took);
      }
      Arrays.sort(tips, 0, counted);
      return new Figures(
          Arrays.stream(tips, 0, counted).average().orElseThrow(),
          tips[(int) (0.99 * (counted - 1))],
          (double) parents / counted,
          (double) bounded / counted,
          sum / samples,
          longest);
    }
  }
}
