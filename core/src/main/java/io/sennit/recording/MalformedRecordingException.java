package io.sennit.recording;

import java.io.Serial;

/// Bytes that no recorder of this version has written.
public final class MalformedRecordingException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  MalformedRecordingException(String what) {
    super(what);
  }
}
