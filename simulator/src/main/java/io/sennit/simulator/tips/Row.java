package io.sennit.simulator.tips;

import io.sennit.event.Draft;
import io.sennit.event.Root;
import io.sennit.event.Signer;
import io.sennit.machine.ParentRule;
import io.sennit.simulator.PretendKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// One setting, with the production rule and, for comparison, with all tips always.
///
/// @param strict what it would have come to, had all tips been taken
/// @param diskBytes for each parent
/// @param linkBytes for each parent
record Row(
    int machines,
    double lambdaH,
    Delay delay,
    Figures sennit,
    Figures strict,
    double diskBytes,
    double linkBytes) {
  private static final String TIME = "2026-01-01T00:00:00.000Z";

  /// Delays after which a link has carried nearly all that is named.
  private static final int LINK_WARM = 3;

  private static final int LINK_EVENTS_MIN = 2_000;

  /// Places of the comparison, in which events name thousands.
  private static final int PLACES_STRICT = 8;

  private static final ParentRule ALL_TIPS = new ParentRule(Integer.MAX_VALUE, 1);

  static Row of(int machines, double lambdaH, Delay delay, long seed) {
    var setting = Setting.of(machines, lambdaH, delay, seed);
    int counted = setting.firstCounted();
    int from = (int) (counted - LINK_WARM * lambdaH);
    int to = (int) (counted + Math.max(LINK_EVENTS_MIN, lambdaH));
    IntPredicate real = event -> event >= from && event < to;
    var disk = new DiskMeter(setting.events(), counted);
    var meters = new Meters();
    Map<Integer, Signer> keys = new HashMap<>();
    var story =
        new Story(
            Root.found(PretendKey.number(0), "pretended", new byte[16], TIME).event(),
            setting.events(),
            machine -> keys.computeIfAbsent(machine, PretendKey::number),
            Row::draft,
            real,
            meters);
    var link = new LinkMeter(story::event, real, counted, (_, _, _) -> {});
    meters.all = List.of(disk, link);
    var sennit = Figures.of(setting, story);
    return new Row(
        machines,
        lambdaH,
        delay,
        sennit,
        sennit.boundedShare() == 0 ? sennit : strict(setting),
        disk.bytesPerParent(),
        link.bytesPerParent());
  }

  private static final class Meters implements Federation.Listener {
    private List<Federation.Listener> all = List.of();

    @Override
    public void arrived(History history, int place, int event, double time) {
      all.forEach(each -> each.arrived(history, place, event, time));
    }
  }

  private static Figures strict(Setting setting) {
    return Figures.of(
        setting
            .with(ALL_TIPS::choose)
            .withPlaces(Math.min(setting.places(), PLACES_STRICT))
            .withEvents((int) Math.max(10_000, 5 * setting.lambdaH())),
        new Federation.Listener() {});
  }

  private static Draft draft(int number) {
    var json = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    return switch (Draft.of(json, TIME)) {
      case Draft.Drafting.Drafted(var draft) -> draft;
      case Draft.Drafting.Refused(var why) -> throw new IllegalStateException(why.toString());
    };
  }
}
