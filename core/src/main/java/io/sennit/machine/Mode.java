package io.sennit.machine;

import java.util.Locale;

/// What a machine does and does not do at present.
public enum Mode {
  /// The store is being opened.
  LOADING(false, false, false, false),
  /// Everything works.
  ACTIVE(true, true, true, true),
  /// A bulk copy is under way; reads are marked partial.
  CATCHING_UP(true, true, true, true),
  /// Creation is stopped so that all machines can be proven equal.
  FENCED(false, true, true, true),
  /// Fenced, and every connected peer is proven equal.
  CONVERGED(false, true, true, true),
  /// The disk is full or faulty.
  READ_ONLY(false, false, true, true),
  /// Identity or R unreadable, or another R: diagnostics only.
  REFUSED(false, false, false, false);

  private final boolean creates;
  private final boolean receives;
  private final boolean servesPeers;
  private final boolean servesReads;

  Mode(boolean creates, boolean receives, boolean servesPeers, boolean servesReads) {
    this.creates = creates;
    this.receives = receives;
    this.servesPeers = servesPeers;
    this.servesReads = servesReads;
  }

  /// Its name in the API, the log and the documents.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether applications may append.
  public boolean creates() {
    return creates;
  }

  /// Whether events of peers are taken.
  public boolean receives() {
    return receives;
  }

  /// Whether peers are answered.
  public boolean servesPeers() {
    return servesPeers;
  }

  /// Whether local readers are answered.
  public boolean servesReads() {
    return servesReads;
  }
}
