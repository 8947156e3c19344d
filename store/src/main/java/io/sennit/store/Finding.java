package io.sennit.store;

import io.sennit.event.EventId;
import org.jspecify.annotations.Nullable;

/// Something in a machine's directory that is not as it should be.
///
/// @param file the file below the directory, such as `log/00000002.log`; the folder `index` when it
///   is about what was derived from the log
/// @param offset where in the file, 0 when it is about the file as a whole
/// @param position the event it is about, or 0 when it is about no single one
/// @param uuid of that event, as far as something knows it
/// @param what a sentence
public record Finding(
    String file, long offset, long position, @Nullable EventId uuid, String what) {
  /// The folder of everything that can be built again from the log.
  static final String INDEX = "index";

  /// About a file as a whole.
  public static Finding of(String file, String what) {
    return new Finding(file, 0, 0, null, what);
  }

  /// Whether building the index again may mend it.
  public boolean inIndex() {
    return file.equals(INDEX);
  }

  @Override
  public String toString() {
    var at = offset == 0 ? "" : ", byte " + offset;
    var where = position == 0 ? "" : ", position " + position;
    return file + at + where + ": " + what + (uuid == null ? "" : " (" + uuid + ")");
  }
}
