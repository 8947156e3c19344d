package io.sennit.simulator.tips;

import io.sennit.dag.Distances;
import java.util.Arrays;

/// Bytes for parents in a log that keeps the events of a place in the order of their arrival,
/// before a block is compressed.
public final class DiskMeter implements Federation.Listener {
  private final int[] positions;
  private final int firstCounted;
  private int count = 1;
  private long parents;
  private long parentSizeBytes;

  /// Counts bytes.
  private final class Scale implements Distances.Sink {
    @Override
    public void putNumber(long number) {
      parentSizeBytes += Math.max(1, (70 - Long.numberOfLeadingZeros(number)) / 7);
    }

    @Override
    public void putOctet(int octet) {
      parentSizeBytes++;
    }
  }

  /// An empty log.
  ///
  /// @param events how many there will be, R not counted
  /// @param firstCounted bytes of events before this are not counted
  public DiskMeter(int events, int firstCounted) {
    this.positions = new int[events + 1];
    this.firstCounted = firstCounted;
  }

  @Override
  public void arrived(History history, int place, int event, double time) {
    if (place != 0) {
      return;
    }
    int position = count++;
    positions[event] = position;
    if (event >= firstCounted) {
      var named = history.parents(event);
      Distances.write(
          new Scale(),
          Arrays.stream(named)
              .mapToLong(parent -> position - positions[parent])
              .sorted()
              .toArray());
      parents += named.length;
    }
  }

  /// Bytes of all that says which the parents are, for each of them.
  public double bytesPerParent() {
    return (double) parentSizeBytes / parents;
  }
}
