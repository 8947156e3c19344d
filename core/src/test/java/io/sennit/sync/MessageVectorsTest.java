package io.sennit.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.dag.Digests;
import io.sennit.dag.Graphs;
import io.sennit.dag.Key;
import io.sennit.dag.PackedRuns;
import io.sennit.dag.Placed;
import io.sennit.dag.Summary;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.PretendSigner;
import io.sennit.event.Run;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.overlay.Coordinate;
import io.sennit.overlay.Crowd;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.OverlayMessage.Kind;
import io.sennit.overlay.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Messages as bytes, for other implementations: compared with `vectors/messages.jsonl`, written
/// there with `-Drewrite`.
final class MessageVectorsTest {
  private static final Path FILE = Path.of("src/test/resources/vectors/messages.jsonl");
  private static final long SALT = 0x0123456789abcdefL;

  private final Event root = Graphs.root().event();
  private final Event first = Graphs.event(1, "{\"n\":1}", List.of(root.id()));
  private final Event second = Graphs.event(2, "{\"n\":2}", List.of(root.id()));
  private final Event third = Graphs.event(1, "{\"n\":3}", List.of(first.id(), second.id()));

  private final Event fourth = Graphs.event(3, "{\"n\":4}", List.of(third.id()));

  private static EventId id(int number) {
    return new EventId(number, 0, 0, number);
  }

  /// A line for each, by name.
  private Map<String, Message> messages() {
    var store = Graphs.store(List.of(root, first, second, third));
    var frontier = new Frontier(4, Digests.ofTips(List.of(third.id())), List.of(third.id()), 1);
    var snapshot = Snapshot.of(frontier, store, Fingerprints.WHOLE, SALT, false);
    var plain = Snapshot.of(frontier, store, Fingerprints.WHOLE, SALT, true);
    var wide =
        new Snapshot(
            new Frontier(1000, id(9), List.of(), 65),
            SALT,
            new Ladder(300, List.of(1, 2, 3, 4, 5, 6, 7, 8, -1)),
            new AuthorTips(200, List.of(new AuthorTips.Tip(-1, 300, 0xffff))));
    var messages = new LinkedHashMap<String, Message>();
    messages.put(
        "Hello", new Message.Hello(Message.VERSION, root.id(), "127.0.0.1:7700", true, snapshot));
    messages.put(
        "Again", new Message.Again(Message.VERSION, "127.0.0.1:7700", true, 4, frontier.digest()));
    messages.put("Refuse", new Message.Refuse("naïve"));
    messages.put("Compare", new Message.Compare(1, 4, id(9)));
    for (var knows : Message.Knows.values()) {
      messages.put("Verdict, " + knows, new Message.Verdict(300, knows));
    }
    var ranges =
        List.<Range>of(
            new Range.Fingerprint(Key.MIN, Key.floor(7), 5, 1, -2),
            new Range.Ids(Key.floor(7), new Key(7, id(3)), List.of(id(1), id(2))),
            new Range.Lacks(new Key(7, id(3)), Key.MAX, List.of(id(4))));
    messages.put("Ranges, asked", new Message.Ranges(false, SALT, ranges));
    messages.put("Ranges, answered with silence", new Message.Ranges(true, SALT, List.of()));
    messages.put("Common", new Message.Common(List.of(id(1))));
    messages.put("Have", new Message.Have(List.of(id(1), id(2))));
    messages.put("Want", new Message.Want(List.of(id(2))));
    messages.put("End", new Message.End());
    messages.put("Takes nothing", new Message.Takes(false, "the disk is full"));
    messages.put("Takes again", new Message.Takes(true, ""));
    messages.put("Damaged", new Message.Damaged(List.of(id(5)), true));
    messages.put("Describe", new Message.Describe(2, false, true, snapshot));
    messages.put("Describe, plain", new Message.Describe(3, true, false, plain));
    messages.put("Describe, more than 64 tips", new Message.Describe(4, false, false, wide));
    var tips = AuthorTips.above(store, 0, Fingerprints.WHOLE, SALT).orElseThrow();
    messages.put("Tips", new Message.Tips(tips));
    messages.put("Seek", new Message.Seek());
    var sketch = new TipSketch(tips, Fingerprints.WHOLE, SALT);
    messages.put("Sketch, first 8 symbols", new Message.Sketch(0, sketch.next(8)));
    messages.put("Sketch, next 4 symbols", new Message.Sketch(0, sketch.next(4)));
    messages.put(
        "Sketch, high", new Message.Sketch(7, List.of(new Symbol(-1, 1L << 40, 0xffff, 5))));
    messages.put("More", new Message.More(false));
    messages.put("More, in vain", new Message.More(true));
    overlay().forEach((name, said) -> messages.put(name, new Message.Overlay(said)));
    return messages;
  }

  private Map<String, OverlayMessage> overlay() {
    var here = new Coordinate(1.5f, -20.25f, 0.75f);
    var home = new Contact(first.machine(), "127.0.0.1:7700", Capacity.HOME, here);
    var leaf = new Contact(second.machine(), "", Capacity.LEAF, Coordinate.UNKNOWN);
    var some = List.of(home, leaf);
    var runs = new long[] {SALT, -1};
    var messages = new LinkedHashMap<String, OverlayMessage>();
    messages.put("Join", new OverlayMessage.Join(home));
    messages.put("Join, dials only", new OverlayMessage.Join(leaf));
    messages.put("Walk", new OverlayMessage.Walk(home, 6));
    messages.put("Neighbour", new OverlayMessage.Neighbour(home, Kind.NEAR, false));
    messages.put("Neighbour, urgent", new OverlayMessage.Neighbour(home, Kind.RANDOM, true));
    messages.put("Welcome", new OverlayMessage.Welcome(home, Kind.RANDOM));
    messages.put("Decline", new OverlayMessage.Decline(some));
    messages.put("Leave", new OverlayMessage.Leave(List.of()));
    messages.put("Shuffle", new OverlayMessage.Shuffle(leaf, 3, some));
    messages.put("Shuffled", new OverlayMessage.Shuffled(some));
    messages.put(
        "Ping",
        new OverlayMessage.Ping(
            1_000_000,
            here,
            new Crowd(1, 0x0400_0000_0000_0102L, 0, SALT & 0x0707_0707_0707_0707L, 5)));
    messages.put("Pong", new OverlayMessage.Pong(1_000_000, Coordinate.UNKNOWN));
    messages.put("Beacon", new OverlayMessage.Beacon(3, 1, SALT, 300, 70_000, false));
    messages.put("Beacon, an answer", new OverlayMessage.Beacon(0, 1, -1, 300, 5, true));
    messages.put("Parent", new OverlayMessage.Parent(2, true));
    messages.put("Renew", new OverlayMessage.Renew(1, 2, 300));
    messages.put("Announce", new OverlayMessage.Announce(runs, false));
    messages.put("Announce, to be pulled", new OverlayMessage.Announce(runs, true));
    messages.put("Pull", new OverlayMessage.Pull(runs));
    return messages;
  }

  private static String line(String name, byte[] bytes, String says) {
    return "{\"name\":\"%s\",\"bytesHex\":\"%s\",\"says\":\"%s\"}"
        .formatted(name, HexFormat.of().formatHex(bytes), says.replace("\"", "\\\""));
  }

  private List<String> lines() {
    var lines = new ArrayList<String>();
    messages()
        .forEach((name, message) ->
            lines.add(line(name, new MessageCodec().encode(message), message.toString())));
    // One link: what was given before is named by number, from here and from there.
    var here = new MessageCodec();
    var there = new MessageCodec();
    lines.add(given(here, there, "Give from one end: R, and its child, by reference", root, first));
    lines.add(given(there, here, "Give from the other end: a parent it received", second));
    lines.add(given(here, there, "Give: a parent sent and a parent received", third));
    var stranger = Graphs.event(3, "{}", List.of(id(6)));
    lines.add(given(there, here, "Give: a parent this link has not carried", stranger));
    var signer = PretendSigner.number(5);
    var beginning = Graphs.draft("{}").finish(signer.machine(), List.of(root.id()), 0);
    var end = Graphs.draft("{}").finishSealed(signer, List.of(beginning.id()), 0);
    lines.add(given(here, there, "Give: a run of two", new Run(List.of(beginning, end))));
    lines.add(given(here, there, "Give by a route: tree 2, 3 hops", Route.of(2, 3), fourth));
    lines.add(given(there, here, "Give by a route: asked for", Route.of(1, Route.PULLED), fourth));
    lines.add(given(here, there, "Give: the same parent again, by the number it has now", merge()));
    lines.add(bits(here, there));
    lines.add(packed("Packed: two events, and a parent outside"));
    var summary = Summary.EMPTY.plus(root.id()).plus(first.id());
    var fingerprints = Fingerprints.WHOLE;
    var range = fingerprints.ofRange(SALT, summary);
    lines.add(
        "{\"name\":\"fingerprints\",\"salt\":\"%016x\",\"sumHex\":\"%s\",\"count\":2,\"rung\":\"%08x\",\"range\":\"%016x%016x\",\"author\":\"%s\",\"tag\":\"%08x\",\"uuid\":\"%s\",\"check\":\"%04x\"}"
            .formatted(
                SALT,
                new EventId(summary.a(), summary.b(), summary.c(), summary.d()),
                fingerprints.ofPrefix(SALT, summary),
                range.high(),
                range.low(),
                first.machine(),
                fingerprints.tag(SALT, first.machine()),
                first.id(),
                fingerprints.check(SALT, first.id())));
    return lines;
  }

  /// Names what the other end said in full, twice in its turn.
  private static Run merge() {
    var signer = PretendSigner.number(6);
    var begin = Graphs.draft("{}").finish(signer.machine(), List.of(id(6)), 0);
    var end =
        Graphs.draft("{}")
            .finishSealed(signer, List.of(begin.id(), id(6)).stream().sorted().toList(), 0);
    return new Run(List.of(begin, end));
  }

  /// Twenty events of this link, and one that names every other of them.
  private String bits(MessageCodec from, MessageCodec to) {
    var parents = new ArrayList<EventId>();
    var runs = new ArrayList<Run>();
    for (int n = 0; n < 20; n++) {
      var event = Graphs.event(10 + n, "{}", List.of(root.id()));
      runs.add(new Run(List.of(event)));
      if (n % 2 == 0) {
        parents.add(event.id());
      }
    }
    parents.sort(null);
    runs.add(new Run(List.of(Graphs.event(9, "{}", parents))));
    return given(from, to, "Give: ten parents in bits", runs.toArray(Run[]::new));
  }

  private static String given(MessageCodec from, MessageCodec to, String name, Event... runs) {
    var each = new ArrayList<Run>();
    for (var event : runs) {
      each.add(new Run(List.of(event)));
    }
    return given(from, to, name, each.toArray(Run[]::new));
  }

  private String packed(String name) {
    var store = Graphs.store(List.of(root, first, second, third));
    var placed = List.of(new Placed(store.node(3), second), new Placed(store.node(4), third));
    var bytes =
        new MessageCodec()
            .encode(
                new Message.Packed(PackedRuns.of(placed, position -> store.node(position).id())));
    return bodies(
        new MessageCodec(), name, bytes, new Run(List.of(second)), new Run(List.of(third)));
  }

  private static String given(MessageCodec from, MessageCodec to, String name, Run... runs) {
    return bodies(to, name, from.encode(new Message.Give(List.of(runs), Optional.empty())), runs);
  }

  private static String given(
      MessageCodec from, MessageCodec to, String name, Route route, Event runOfOne) {
    var run = new Run(List.of(runOfOne));
    var give = new Message.Give(List.of(run), Optional.empty(), Optional.of(route));
    return bodies(to, name, from.encode(give), run);
  }

  private static String bodies(MessageCodec to, String name, byte[] bytes, Run... runs) {
    var arrived = (MessageCodec.Decoding.Decoded) to.decode(bytes);
    assertThat(((Message.Give) arrived.message()).runs()).containsExactly(runs);
    var bodies = new StringBuilder();
    for (var run : runs) {
      for (var event : run.events()) {
        bodies.append(bodies.isEmpty() ? "" : "\\n");
        bodies.append(new String(event.body(), StandardCharsets.UTF_8).replace("\"", "\\\""));
      }
    }
    return "{\"name\":\"%s\",\"bytesHex\":\"%s\",\"bodies\":\"%s\"}"
        .formatted(name, HexFormat.of().formatHex(bytes), bodies);
  }

  @Test
  void theVectorsAreWhatTheCodecWrites() throws IOException {
    var text = String.join("\n", lines()) + "\n";
    if (System.getProperty("rewrite") != null) {
      Files.writeString(FILE, text);
    }
    assertThat(FILE).as("write it with -Drewrite, and look at the diff").content().isEqualTo(text);
  }

  @Test
  void whatTheCodecWritesItReads() {
    messages()
        .forEach((name, message) ->
            assertThat(new MessageCodec().decode(new MessageCodec().encode(message)))
                .as(name)
                .isEqualTo(new MessageCodec.Decoding.Decoded(message)));
  }
}
