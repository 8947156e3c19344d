package io.sennit.node;

import java.nio.file.Path;

/// How the recording of a machine is.
///
/// @param part number of the part that is written, or was written last
/// @param sizeBytes of all parts
/// @param ended why nothing more is recorded, or empty
public record RecordingStatus(Path folder, long part, long sizeBytes, String ended) {}
