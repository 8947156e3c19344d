package io.sennit.machine;

import io.sennit.dag.Placed;
import io.sennit.sync.Message;
import java.util.ArrayList;
import java.util.List;

/// Collects what one step wants done. What has to become durable comes first.
final class Outbox {
  private final List<Placed> batch = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();

  void persist(Placed placed) {
    batch.add(placed);
  }

  void say(Output output) {
    outputs.add(output);
  }

  void send(int peer, Message message) {
    outputs.add(new Output.Send(peer, message));
  }

  /// Everything collected since the last call.
  List<Output> take() {
    var taken = new ArrayList<Output>(outputs.size() + 1);
    if (!batch.isEmpty()) {
      taken.add(new Output.Persist(batch));
      batch.clear();
    }
    taken.addAll(outputs);
    outputs.clear();
    return taken;
  }
}
