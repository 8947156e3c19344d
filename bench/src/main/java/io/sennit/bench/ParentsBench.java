package io.sennit.bench;

import com.github.luben.zstd.Zstd;
import io.sennit.bench.peer.Order;
import io.sennit.event.Root;
import io.sennit.event.Signer;
import io.sennit.simulator.PretendKey;
import io.sennit.simulator.tips.Delay;
import io.sennit.simulator.tips.Federation;
import io.sennit.simulator.tips.Figures;
import io.sennit.simulator.tips.History;
import io.sennit.simulator.tips.LinkMeter;
import io.sennit.simulator.tips.Setting;
import io.sennit.simulator.tips.Story;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.IntPredicate;

/// What it costs to say which the parents of an event are, on links and on disks, while 300 events
/// are always on their way.
final class ParentsBench implements Measurement {
  private static final double LAMBDA_H = 300;
  private static final int PLACES = 16;
  private static final int EVENTS = 4_500;
  private static final int EVENTS_QUICK = 1_500;
  private static final Target BYTES = Target.atMost(1);

  /// Shorter messages are not compressed by a link.
  private static final int COMPRESSED_SIZE_BYTES_MIN = 512;

  /// As they come in 20 ms at some thousands a second.
  private static final int EVENTS_PER_WRITE = 64;

  @Override
  public String name() {
    return "parents";
  }

  @Override
  public Result run(Options options) throws Exception {
    var figures = new ArrayList<Figure>();
    int events = options.size(EVENTS, EVENTS_QUICK);
    measure(figures, "strict, 300 machines", 300, Delay.VARIED, events);
    measure(figures, "strict, 10,000 machines", 10_000, Delay.VARIED, events);
    measure(figures, "bounded, 10,000 machines", 10_000, Delay.CONSTANT, events);
    return new Result(
        name(),
        "While λ·h is 300: the pretended federation of `simulator/tips` writes real events, and for one link and one disk"
            + " it is counted what their parents take, by leaving them out and counting again. *Strict*: delays from a half to one and"
            + " a half h, so that each place has another order, and all tips are parents. *Bounded*: the same delay for all, which"
            + " makes more than 256 tips; 32 are parents. The link has a message for each event, from whoever has it first, as it stands in"
            + " its frame, compressed when that helps. A link that carries only a part of the events names each of the others in full once."
            + " The disk is written "
            + EVENTS_PER_WRITE
            + " events at a time, and looked at after the store was closed, once with all parents, once with R alone, and once with those"
            + " that no event before had named; log and index are each compared with the smaller. The same input always gives the same figures but for what RocksDB merges, so one round is enough. Best known: 32 bytes"
            + " raw, 46 in base64 text (Matrix).",
        Surroundings.describe(),
        figures);
  }

  private static void measure(
      List<Figure> figures, String name, int machines, Delay delay, int events) throws Exception {
    var setting = Setting.of(machines, LAMBDA_H, delay, 1).withEvents(events);
    if (delay == Delay.VARIED) {
      setting = setting.withPlaces(PLACES);
    }
    var root = Root.found(PretendKey.number(0), "bench", new byte[16], Author.TIME);
    var signers = new HashMap<Integer, Signer>();
    var scene = new Scene(events / 2);
    var story =
        new Story(
            root.event(),
            events,
            machine -> signers.computeIfAbsent(machine, PretendKey::number),
            number -> Author.draft(new Order(0, number)),
            _ -> true,
            scene);
    scene.watch(story);
    var shape = Figures.of(setting, story);
    System.err.printf("  parents, %s: %s%n", name, shape);
    figures.add(
        Figure.once("Sennit, " + name + ": parents of an event", "parents", shape.parents()));
    figures.add(perParent(name + ": link, all events", scene.all).must(BYTES));
    figures.add(perParent(name + ": link, half of the events", scene.half));
    figures.add(perParent(name + ": link, a quarter of the events", scene.quarter));
    var disk = ParentsOnDisk.measure(root, story, scene.order(), EVENTS_PER_WRITE);
    figures.add(bytes(name + ": log", disk.logPerParent()).must(BYTES));
    figures.add(bytes(name + ": log and index", disk.perParent()).must(BYTES));
  }

  private static Figure perParent(String name, Frames frames) {
    return bytes(name, (double) (frames.with - frames.without) / frames.parents);
  }

  private static Figure bytes(String name, double value) {
    return Figure.once("Sennit, " + name, "B/parent", value);
  }

  /// Frames of a link, with and without what says which the parents are.
  private static final class Frames implements LinkMeter.Sight {
    private long with;
    private long without;
    private long parents;

    @Override
    public void said(byte[] message, byte[] withoutParents, int named) {
      with += sizeBytes(message);
      without += sizeBytes(withoutParents);
      parents += named;
    }

    private static int sizeBytes(byte[] message) {
      return message.length < COMPRESSED_SIZE_BYTES_MIN
          ? message.length
          : Math.min(message.length, Integer.BYTES + Zstd.compress(message, 1).length);
    }
  }

  /// Three links, and the order in which one place has the events.
  private static final class Scene implements Federation.Listener {
    private final int firstCounted;
    private final Frames all = new Frames();
    private final Frames half = new Frames();
    private final Frames quarter = new Frames();
    private final List<Federation.Listener> links = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>(List.of(0));

    Scene(int firstCounted) {
      this.firstCounted = firstCounted;
    }

    void watch(Story story) {
      links.add(link(story, _ -> true, all));
      links.add(link(story, event -> share(event) < 0.5, half));
      links.add(link(story, event -> share(event) < 0.25, quarter));
    }

    private LinkMeter link(Story story, IntPredicate carries, Frames frames) {
      return new LinkMeter(story::event, carries, firstCounted, frames);
    }

    /// From 0 to 1, as if drawn for each event.
    private static double share(int event) {
      return ((event * 0x9E3779B97F4A7C15L) >>> 11) * 0x1p-53;
    }

    @Override
    public void arrived(History history, int place, int event, double time) {
      links.forEach(link -> link.arrived(history, place, event, time));
      if (place == 0) {
        order.add(event);
      }
    }

    /// The numbers of the events, in the order in which the first place has them.
    List<Integer> order() {
      return order;
    }
  }
}
