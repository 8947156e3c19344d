package io.sennit.simulator;

import io.sennit.sync.Message;

/// One end of a conversation, as the machine's site knows it.
interface Line {
  /// The machine at this end says something.
  void send(Site from, int peer, Message message);

  /// The machine at this end wants no more of it.
  void hangUp(Site from, int peer);

  /// The process at this end is gone.
  void died(Site from, int peer);
}
