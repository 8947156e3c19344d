package io.sennit.app.rehearsal;

import io.sennit.simulator.large.Progress;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows somebody at a terminal how far a rehearsal is. Without colours where `NO_COLOR` is set.
public final class RehearsalBar implements Progress, AutoCloseable {
  private static final List<String> PHASES =
      List.of("join", "settle", "quiet", "write", "crash", "write again", "agree");
  private static final int PERCENT = 100;

  private final ProgressBar bar;

  /// Begins at nothing.
  public RehearsalBar() {
    bar =
        new ProgressBarBuilder()
            .setTaskName("rehearse")
            .setInitialMax(PERCENT)
            .setStyle(
                System.getenv("NO_COLOR") == null
                    ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
                    : ProgressBarStyle.UNICODE_BLOCK)
            .hideEta() // phases take as long as they take
            .build();
  }

  @Override
  public void at(String phase, double share, double seconds) {
    bar.setExtraMessage(message(phase, seconds));
    bar.stepTo(Math.max(bar.getCurrent(), steps(phase, share)));
  }

  /// All phases before this one, and the share of it that is done, in percent of all.
  static long steps(String phase, double share) {
    int before = Math.max(0, PHASES.indexOf(phase));
    return (long) ((before + Math.clamp(share, 0.0, 1.0)) * PERCENT / PHASES.size());
  }

  static String message(String phase, double seconds) {
    return " %s, %s pretended".formatted(phase, Amount.seconds(seconds));
  }

  @Override
  public void close() {
    bar.stepTo(bar.getMax());
    bar.close();
  }
}
