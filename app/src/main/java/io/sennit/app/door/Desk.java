package io.sennit.app.door;

import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Run;
import io.sennit.node.Address;
import io.sennit.node.Entry;
import io.sennit.node.NodeStatus;
import io.sennit.node.OverlayStatus;
import io.sennit.node.RecordingStatus;
import io.sennit.node.Runs;
import io.sennit.node.ScrubStatus;
import io.sennit.node.Sennit;
import io.sennit.node.SennitException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The door to a machine in this process.
public final class Desk implements Door {
  private final Sennit sennit;

  /// Closing the desk closes the machine.
  public Desk(Sennit sennit) {
    this.sennit = sennit;
  }

  /// The machine behind it.
  public Sennit sennit() {
    return sennit;
  }

  @Override
  public List<Line> append(List<String> objects) {
    return answer(sennit.append(objects)).stream().map(Desk::line).toList();
  }

  @Override
  public List<Line> appendOnce(String key, List<String> objects) {
    return entriesOnce(key, objects).stream().map(Desk::line).toList();
  }

  /// Appends what was drafted already, all or none.
  public List<Entry> appendDrafts(List<Draft> drafts) {
    return answer(sennit.appendDrafts(drafts));
  }

  /// Like [#appendOnce], with the positions.
  public List<Entry> entriesOnce(String key, List<String> objects) {
    if (!key.matches("[ -~]{1,255}")) {
      throw new RefusedException(400, "a key is 1 to 255 characters of ASCII: choose another one");
    }
    return answer(sennit.appendOnce(key, objects));
  }

  @Override
  public CompletableFuture<Void> appendSoon(List<String> objects) {
    return sennit.append(objects).thenAccept(_ -> {});
  }

  @Override
  public void offer(List<Event> events) {
    answer(offerSoon(events));
  }

  @Override
  public CompletableFuture<Void> offerSoon(List<Event> events) {
    var runs = new Runs();
    var whole = new ArrayList<Run>();
    for (var event : events) {
      add(runs, event, whole);
    }
    if (runs.waiting() > 0) {
      throw new RefusedException(
          400,
          runs.waiting() + " events lack the sealed event that ends their run; send runs together");
    }
    return sennit.offer(whole).thenAccept(_ -> {});
  }

  private static void add(Runs runs, Event event, List<Run> whole) {
    try {
      runs.add(event).ifPresent(whole::add);
    } catch (SennitException e) {
      throw new RefusedException(400, String.valueOf(e.getMessage()));
    }
  }

  private static <T extends @Nullable Object> T answer(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw refused(e);
    }
  }

  private static RuntimeException refused(CompletionException e) {
    return e.getCause() instanceof SennitException refused ? refused(refused) : e;
  }

  private static RefusedException refused(SennitException refused) {
    int status =
        switch (refused.kind()) {
          case INVALID -> 400;
          case REFUSED -> 409;
          case DECLINED, DAMAGED -> 503;
          case NO_ROOM -> 507;
          case MISMATCH -> 422;
          case UNKNOWN -> 500;
        };
    return new RefusedException(status, String.valueOf(refused.getMessage()));
  }

  @Override
  public void read(long after, Predicate<Line> reader) {
    long count = sennit.count();
    for (long position = after + 1; position <= count; position++) {
      if (!reader.test(at(position))) {
        return;
      }
    }
  }

  private Line at(long position) {
    try {
      return line(sennit.get(position).orElseThrow());
    } catch (SennitException e) {
      throw refused(e);
    }
  }

  @Override
  public List<Line> top(int limit) {
    var top = new ArrayList<Line>();
    try {
      new ByHeight(sennit)
          .read(entry -> top.size() < limit && top.add(line(entry)) && top.size() < limit);
    } catch (SennitException e) {
      throw refused(e);
    }
    return top;
  }

  @Override
  public Optional<Line> find(String prefix) {
    if (!prefix.matches("[0-9a-f]{1,64}")) {
      throw new RefusedException(
          400, "a uuid is 64 digits of [0-9a-f]; give the first few, as many as make it unique");
    }
    var found = sennit.find(prefix, 2);
    if (found.size() > 1) {
      throw new RefusedException(
          409,
          "several uuids begin with "
              + prefix
              + ": give more digits, "
              + found.getFirst()
              + " for example");
    }
    try {
      return found.stream().findFirst().flatMap(sennit::get).map(Desk::line);
    } catch (SennitException e) {
      throw refused(e);
    }
  }

  @Override
  public String status() {
    try {
      var members = members(sennit.status(), sennit.scrub());
      sennit.overlay().ifPresent(overlay -> members.put("overlay", members(overlay)));
      sennit.recording().ifPresent(recording -> members.put("recording", members(recording)));
      return Json.text(members);
    } catch (CompletionException e) {
      throw refused(e);
    }
  }

  private static Map<String, Object> members(NodeStatus status, ScrubStatus scrub) {
    var members = new LinkedHashMap<String, Object>();
    members.put("machine", status.machine().toString());
    members.put("root", status.root().toString());
    members.put("federation", status.federation());
    members.put("mode", status.mode());
    members.put("why", status.why());
    members.put("events", status.events());
    members.put("behind", status.behind());
    status.secondsLeft().ifPresent(seconds -> members.put("secondsLeft", seconds));
    members.put("tips", status.tips().stream().map(EventId::toString).toList());
    members.put("digest", status.digest().toString());
    members.put("orphans", status.orphans());
    members.put("damaged", status.damaged());
    members.put("width", members(status.width()));
    members.put("scrub", members(scrub));
    members.put("listen", status.listen());
    members.put("advertised", status.advertised().stream().map(Address::toString).toList());
    members.put("peers", status.peers().stream().map(Desk::members).toList());
    return members;
  }

  private static Map<String, Object> members(NodeStatus.Width width) {
    var members = new LinkedHashMap<String, Object>();
    members.put("eventsPerSecond", width.eventsPerSecond());
    members.put("tipsMean", width.tipsMean());
    members.put("parentsPerEvent", width.parentsPerEvent());
    members.put("boundedShare", width.boundedShare());
    width.delaySeconds().ifPresent(seconds -> members.put("delaySeconds", seconds));
    width.lambdaH().ifPresent(product -> members.put("lambdaH", product));
    return members;
  }

  private static Map<String, Object> members(ScrubStatus scrub) {
    var members = new LinkedHashMap<String, Object>();
    members.put("events", scrub.events());
    members.put("done", scrub.done());
    members.put("passes", scrub.passes());
    var last = scrub.lastPass();
    if (last != null) {
      members.put("lastPass", last.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return members;
  }

  private static Map<String, Object> members(OverlayStatus overlay) {
    var members = new LinkedHashMap<String, Object>();
    members.put("capacity", overlay.capacity().name().toLowerCase(Locale.ROOT));
    members.put("links", overlay.links());
    members.put("contacts", overlay.contacts());
    members.put("machines", overlay.machines());
    if (overlay.roundTripMicros() >= 0) {
      members.put("roundTripMicros", overlay.roundTripMicros());
    }
    members.put("given", overlay.given());
    members.put("payloads", overlay.payloads());
    members.put("duplicates", overlay.duplicates());
    members.put("pulled", overlay.pulled());
    members.put("announced", overlay.announced());
    members.put("heard", overlay.heard());
    members.put("trees", overlay.trees().stream().map(Desk::members).toList());
    return members;
  }

  private static Map<String, Object> members(OverlayStatus.Tree tree) {
    var members = new LinkedHashMap<String, Object>();
    members.put("root", tree.root());
    members.put("isRoot", tree.isRoot());
    members.put("attached", tree.attached());
    members.put("labelMicros", tree.labelMicros());
    members.put("children", tree.children());
    return members;
  }

  private static Map<String, Object> members(RecordingStatus recording) {
    var members = new LinkedHashMap<String, Object>();
    members.put("folder", recording.folder().toString());
    members.put("part", recording.part());
    members.put("sizeBytes", recording.sizeBytes());
    members.put("ended", recording.ended());
    return members;
  }

  private static Map<String, Object> members(NodeStatus.PeerStatus peer) {
    var members = new LinkedHashMap<String, Object>();
    members.put("address", peer.address());
    members.put("machine", peer.machine());
    members.put("state", peer.state());
    members.put("detail", peer.detail());
    return members;
  }

  @Override
  public void connect(String address) {
    sennit.connect(address(address));
  }

  @Override
  public boolean disconnect(String address) {
    return sennit.disconnect(address(address));
  }

  private static Address address(String text) {
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(400, String.valueOf(e.getMessage()));
    }
  }

  private static Line line(Entry entry) {
    return new Line(entry.position(), entry.height(), entry.event().toString());
  }

  @Override
  public void close() {
    sennit.close();
  }
}
