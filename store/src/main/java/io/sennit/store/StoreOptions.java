package io.sennit.store;

/// Sizes that only tests change.
///
/// @param segmentSizeBytesMin capacity of the first segment; each next one is twice as large
/// @param segmentSizeBytesMax until this
/// @param recordSizeBytes uncompressed bytes after which a record ends at the next end of a run
/// @param tailWeightMax events (those with many parents count for more) that the index may lag
///   behind before [SegmentStore#publish] waits for it
/// @param lingerMillis how long the index waits for a batch worth writing
/// @param flushEvents events after which the index is flushed to its files
/// @param listEvents events whose uuids become a sorted list of the index; a power of two, 65,536
///   at most
/// @param parentsMax positions of parents that a node of the index has, at most
/// @param cacheSizeBytes uncompressed bytes of records kept for readers
record StoreOptions(
    int segmentSizeBytesMin,
    int segmentSizeBytesMax,
    int recordSizeBytes,
    int tailWeightMax,
    int lingerMillis,
    int flushEvents,
    int listEvents,
    int parentsMax,
    int cacheSizeBytes) {
  static final StoreOptions DEFAULT =
      new StoreOptions(1 << 20, 64 << 20, 96 << 10, 1 << 16, 5, 1 << 16, 1 << 16, 16, 16 << 20);
}
