package io.sennit.store;

import io.sennit.event.MachineId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Pages, machines and filters read before. What is in here never changes, so every moment may use
/// it.
final class NodeCache {
  private static final int PAGES = 1 << 11;
  private static final int MACHINES_MAX = 1 << 16;

  private record Numbered(long number, NodePage page) {}

  private final AtomicReferenceArray<Numbered> pages = new AtomicReferenceArray<>(PAGES);
  private final Map<Integer, MachineId> machines = new ConcurrentHashMap<>();
  private final IdFilterCache filters = new IdFilterCache();

  IdFilterCache filters() {
    return filters;
  }

  NodePage page(Moment moment, long number) {
    int slot = (int) (number % PAGES);
    var cached = pages.get(slot);
    if (cached != null && cached.number() == number) {
      return cached.page();
    }
    var bytes = moment.get(Family.NODES, Keys.number(number));
    if (bytes == null) {
      bytes = moment.get(Family.META, Keys.LAST_PAGE);
    }
    if (bytes == null) {
      throw Index.illegible("no page " + number);
    }
    var page = NodePage.decode(number, bytes);
    if (page.count() == NodePage.NODES) {
      pages.set(slot, new Numbered(number, page));
    }
    return page;
  }

  MachineId machine(Moment moment, int number) {
    var cached = machines.get(number);
    if (cached != null) {
      return cached;
    }
    var bytes = moment.get(Family.META, Keys.machine(number));
    if (bytes == null) {
      throw Index.illegible("no machine " + number);
    }
    var machine = MachineId.of(bytes, 0);
    if (machines.size() >= MACHINES_MAX) {
      machines.clear();
    }
    machines.put(number, machine);
    return machine;
  }
}
