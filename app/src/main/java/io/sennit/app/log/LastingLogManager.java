package io.sennit.app.log;

import java.util.logging.LogManager;

/// The JDK's log manager, except that it goes on while the process ends: the last words of a daemon
/// are not the ones to lose.
public final class LastingLogManager extends LogManager {
  /// The JDK makes it, as the system property `java.util.logging.manager` says.
  public LastingLogManager() {}

  /// Does nothing: the JDK calls it as soon as the process begins to end.
  @Override
  public void reset() {}
}
