package io.sennit.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.dag.Graphs;
import io.sennit.dag.Positions;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events that name hundreds, in the log and in its index.
class ManyParentsTest {
  private static final int VERSION_AT = 12;

  @TempDir private Path directory;

  /// R and so many events on top of it.
  private static List<Event> branches(int number) {
    var events = new ArrayList<Event>();
    events.add(Graphs.root().event());
    for (int n = 1; n <= number; n++) {
      events.add(Graphs.event(n, "{\"n\":" + n + "}", List.of(events.getFirst().id())));
    }
    return events;
  }

  private static List<EventId> ids(List<Event> events) {
    return events.stream().map(Event::id).toList();
  }

  @Test
  void anEventWithManyParentsReadsBackAfterARestartToo() {
    var events = branches(1_000);
    var every = ids(events.subList(1, 1_001));
    var some = LongStream.range(0, 32).mapToObj(n -> every.get((int) (31 * n))).toList();
    events.add(Graphs.event(5_000, "{\"all\":true}", every));
    events.add(Graphs.event(5_001, "{\"all\":false}", some));
    try (var store = Stores.open(directory, StoreOptions.DEFAULT)) {
      Graphs.append(store, events);
    }
    try (var store = Stores.open(directory, StoreOptions.DEFAULT)) {
      for (long position = 1; position <= 1_003; position++) {
        assertThat(store.event(position)).isEqualTo(events.get((int) position - 1));
      }
      assertThat(store.node(1_002).parents())
          .isEqualTo(Positions.of(LongStream.rangeClosed(2, 1_001).toArray()));
      assertThat(store.node(1_003).parents().size()).isEqualTo(32);
    }
  }

  /// Sixteen uuids are more than all else that a record says of parents.
  @Test
  void uuidsOfParentsOutsideAreCarriedWhenTheyAreAll() {
    var events = branches(40);
    try (var store = Stores.open(directory, StoreOptions.DEFAULT)) {
      Graphs.append(store, events);
      long before = store.sizeOnDisk().logSizeBytes();
      Graphs.append(store, List.of(Graphs.event(5_000, "{}", ids(events.subList(1, 17)))));
      long sixteen = store.sizeOnDisk().logSizeBytes();
      Graphs.append(store, List.of(Graphs.event(5_001, "{}", ids(events.subList(1, 18)))));
      long seventeen = store.sizeOnDisk().logSizeBytes();
      assertThat((sixteen - before) - (seventeen - sixteen)).isBetween(16 * 33L, 16 * 33L + 40);
    }
  }

  private static RecordCodec codec() {
    return new RecordCodec(new Segment.Header(1, 2, 3, Graphs.root().event().id()));
  }

  /// A record as it is written now, but for what `change` does to it; its checksum is right.
  private static byte[] record(byte[] block, int version) {
    try (var compressor = new Compressor()) {
      var placement = codec().encode(500, 1, 499, false, Map.of(), List.of(), block, compressor);
      placement.bytesAt(128)[VERSION_AT] = (byte) version;
      return placement.bytesAt(128);
    }
  }

  @Test
  void whatAnEarlierBuildWroteIsRead() {
    var body = "{\"parents\":[]}".getBytes(StandardCharsets.UTF_8);
    var block = new ByteSink(512).zigzag(4).varint(300);
    for (int i = 0; i < 300; i++) {
      block.varint(1);
    }
    block.varint(12).varint(body.length).bytes(body);
    var record = requireNonNull(codec().decode(128, record(block.toBytes(), 1)));
    assertThat(EventBlock.decode(record).parents(500))
        .isEqualTo(Positions.of(LongStream.range(200, 500).toArray()));
  }

  @Test
  void whatALaterBuildWroteIsNotTakenForDamage() {
    assertThatThrownBy(() -> codec().decode(128, record(new byte[] {0}, 3)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 3");
  }

  @Test
  void parentsThatStandNowhereAreNamed() {
    for (long distance : new long[] {0, 500, 600}) {
      var block = new ByteSink(64).zigzag(4).varint(1).varint(distance).varint(0).varint(0);
      var record = requireNonNull(codec().decode(128, record(block.toBytes(), 2)));
      assertThatThrownBy(() -> EventBlock.decode(record))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("makes no sense");
    }
  }
}
