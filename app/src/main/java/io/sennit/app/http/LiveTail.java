package io.sennit.app.http;

import io.sennit.node.Entry;
import io.sennit.node.Sennit;
import io.sennit.node.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The newest events, encoded once and shared by all readers of the stream.
///
/// ```text
///   Sennit ──▶ one subscription ──▶ chunks, at most so many bytes ──▶ reader, reader, reader …
///                                     ▲ the oldest are dropped        each takes what comes next
/// ```
///
/// Nothing is queued for a reader: it remembers a position and takes the chunk that follows it. So
/// what all readers together keep alive is this tail, and one chunk for each that is being written.
/// While nobody reads, nothing is encoded.
///
/// Waking a thousand readers for every event would cost more than the events: after each round the
/// tail rests for a time that grows with their number, and the next round brings what came
/// meanwhile.
final class LiveTail {
  private static final Logger LOG = System.getLogger(LiveTail.class.getName());

  /// Rest after a round, for each reader: a thousand of them are woken 20 times a second.
  private static final long REST_NANOS = 50_000;

  private static final long REST_NANOS_MAX = 200_000_000;

  private final Sennit sennit;
  private final long sizeBytesMax;
  private final Set<StreamReader> readers = ConcurrentHashMap.newKeySet();
  private final ConcurrentSkipListMap<Long, Chunk> chunks = new ConcurrentSkipListMap<>();
  private final Chunk.Builder builder = new Chunk.Builder();
  private long sizeBytes;
  private @Nullable Subscription subscription;
  private volatile long begin;
  private volatile long end;

  LiveTail(Sennit sennit, long sizeBytesMax) {
    this.sennit = sennit;
    this.sizeBytesMax = sizeBytesMax;
  }

  /// How many are being served.
  int size() {
    return readers.size();
  }

  Set<StreamReader> readers() {
    return readers;
  }

  /// From now on this reader is woken when there is more.
  synchronized void enter(StreamReader reader) {
    var running = subscription;
    if (running == null || running.ended()) {
      if (running != null) {
        running.close();
      }
      builder.build(); // what a subscription that ended left behind
      chunks.clear();
      sizeBytes = 0;
      begin = sennit.count();
      end = begin;
      subscription = sennit.subscribe(begin, this::take);
    }
    readers.add(reader);
  }

  synchronized void leave(StreamReader reader) {
    readers.remove(reader);
    var running = subscription;
    if (readers.isEmpty() && running != null) {
      subscription = null;
      running.close();
    }
  }

  private void take(Entry entry) {
    boolean enough = builder.add(entry);
    boolean caughtUp = entry.position() >= sennit.count();
    if (enough || caughtUp) {
      publish(builder.build());
    }
    if (caughtUp) {
      rest();
    }
  }

  private void publish(Chunk chunk) {
    chunks.put(chunk.first(), chunk);
    sizeBytes += chunk.bytes().length;
    while (sizeBytes > sizeBytesMax && chunks.size() > 1) {
      var oldest = chunks.pollFirstEntry().getValue();
      sizeBytes -= oldest.bytes().length;
      begin = oldest.last();
    }
    end = chunk.last();
    readers.forEach(StreamReader::wake);
  }

  private void rest() {
    try {
      Thread.sleep(Duration.ofNanos(Math.min(REST_NANOS_MAX, REST_NANOS * readers.size())));
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the tail was woken early", e);
      Thread.currentThread().interrupt();
    }
  }

  /// Whether the events after this position have left the tail, or never were in it.
  boolean isBehind(long position) {
    return position < begin;
  }

  /// Whether there is more after this position.
  boolean isBeyond(long position) {
    return end > position;
  }

  /// Whether it will not grow any more, because an event could not be read.
  boolean isBroken() {
    var running = subscription;
    return running != null && running.ended();
  }

  /// The chunk that holds the event after this position, or null when it is not in the tail.
  @Nullable Chunk after(long position) {
    var found = chunks.floorEntry(position + 1);
    return found == null || found.getValue().last() <= position ? null : found.getValue();
  }
}
