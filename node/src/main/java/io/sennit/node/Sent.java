package io.sennit.node;

/// What a machine has written to its links since it was opened: frames, as they are before TLS.
///
/// @param sizeBytes of all frames
/// @param eventSizeBytes of those that carry events; the others are what it takes to agree on which
public record Sent(long sizeBytes, long eventSizeBytes) {}
