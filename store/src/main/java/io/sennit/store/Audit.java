package io.sennit.store;

import io.sennit.dag.ChainEnds;
import io.sennit.dag.Key;
import io.sennit.dag.Node;
import io.sennit.dag.Positions;
import io.sennit.dag.Summary;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Limits;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.event.Run;
import io.sennit.event.Seals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Reads the whole log and recounts all that is derived from it.
///
/// Memory: a bit for each event, the tips, and the last events of each machine. What a store holds
/// beyond the view it begins with is left for the next time.
final class Audit {
  private static final int FINDINGS_MAX = 1000;

  private final View view;
  private final SegmentLog log;
  private final RecordCodec codec;
  private final Heals heals;
  private final Damage damage;
  private final Root root;
  private final Seals seals;
  private final LongConsumer progress;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Long> found = new ArrayList<>();
  private final Bits named = new Bits();
  private final Map<MachineId, Positions> chainEnds = new TreeMap<>();
  private final List<Event> run = new ArrayList<>();
  private Summary sum = Summary.EMPTY;
  private long next = 1;

  Audit(
      View view,
      SegmentLog log,
      RecordCodec codec,
      Heals heals,
      Damage damage,
      Root root,
      Seals seals,
      LongConsumer progress) {
    this.view = view;
    this.log = log;
    this.codec = codec;
    this.heals = heals;
    this.damage = damage;
    this.root = root;
    this.seals = seals;
    this.progress = progress;
  }

  /// Everything that is wrong, in the order of the log; the first thousand.
  List<Finding> findings() {
    try {
      look();
    } finally {
      damage.mark(found);
    }
    if (!found.isEmpty()) {
      heals.gaps().forEach(this::add);
    }
    return List.copyOf(findings);
  }

  private void look() {
    for (int segment : log.segmentNumbers()) {
      if (!log.legible(segment)) {
        add(
            Finding.of(
                "log/" + LogAddress.file(LogAddress.of(segment, 0)),
                "its header is damaged; what follows can be read"));
      }
    }
    var scan = new LogScan(log, codec, 0);
    while (next <= view.count()) {
      long at = scan.at();
      var record = scan.next();
      if (record == null || record.firstPosition() > view.count()) {
        missing(view.count(), at);
        break;
      }
      missing(record.firstPosition() - 1, at);
      read(record);
      progress.accept(next - 1);
    }
    recount();
  }

  private void add(Finding finding) {
    if (findings.size() < FINDINGS_MAX) {
      findings.add(finding);
    }
  }

  /// The index says something else than the log.
  private void find(long position, String what) {
    var id = position == 0 ? null : view.id(position);
    add(new Finding(Finding.INDEX, 0, position, id, what));
  }

  private void damaged(long position, @Nullable EventId id, long address) {
    if (id != null) {
      found.add(position);
    }
    var what =
        log.holds(address)
            ? "the event is damaged"
            : "the event is missing, because the file is gone or ends before it";
    add(
        new Finding(
            "log/" + LogAddress.file(address),
            LogAddress.offset(address),
            position,
            id,
            id == null ? what + ", and nothing knows its uuid" : what));
  }

  /// No whole record of the log holds what stands before `to`.
  private void missing(long to, long address) {
    for (; next <= to; next++) {
      var node = view.node(next);
      if (node == null) {
        run.clear();
        damaged(next, null, address);
        continue;
      }
      count(node);
      if (!healed(node)) {
        run.clear();
        damaged(next, node.id(), view.address(next));
      }
    }
  }

  /// Whether a peer gave it back; then it is checked like all others.
  private boolean healed(Node node) {
    var record = heals.recordOf(node.position());
    if (record == null) {
      return false;
    }
    var block = EventBlock.decode(record);
    var event = Records.rebuild(block, node.position(), record.parentIds(), view::id);
    if (event == null || !event.id().equals(node.id())) {
      return false;
    }
    check(node, event, block.height(node.position()), block.parents(node.position()));
    return true;
  }

  private void read(LogRecord record) {
    var block = EventBlock.decode(record);
    for (long position = record.firstPosition(); position <= record.lastPosition(); position++) {
      if (position < next || position > view.count()) {
        continue;
      }
      next = position + 1;
      var node = view.node(position);
      if (node == null) {
        damaged(position, null, record.address());
        continue;
      }
      count(node);
      var event = Records.rebuild(block, position, record.parentIds(), view::id);
      if (event != null && event.id().equals(node.id())) {
        if (view.address(position) != record.address()) {
          find(position, "the index looks for it at another place of the log");
        }
        check(node, event, block.height(position), block.parents(position));
      } else if (!healed(node)) {
        damaged(position, node.id(), record.address());
        run.clear();
      }
    }
  }

  private void count(Node node) {
    sum = sum.plus(node.id());
    for (int i = 0; i < node.parents().size(); i++) {
      named.set(node.parents().get(i));
    }
    chainEnds.merge(
        node.machine(),
        Positions.of(node.position()),
        (ends, _) -> ChainEnds.after(view::whole, ends, node));
  }

  /// The event is the one the index speaks of; is everything else that is said of it true?
  private void check(Node node, Event event, long height, Positions parents) {
    long position = node.position();
    if (!node.parents().equals(parents) || node.height() != height) {
      find(position, "the index has other parents or another height than the log");
    }
    if (!node.machine().equals(event.machine())
        || node.sealed() != event.sealed()
        || node.sizeBytes() != event.body().length) {
      find(position, "the index has another machine, seal or size than the log");
    }
    if (view.position(node.id()) != position) {
      find(position, "the index does not find it by its uuid " + node.id());
    }
    checkParents(node, event);
    checkSeal(position, event);
  }

  private void checkParents(Node node, Event event) {
    long position = node.position();
    if (position == 1 && !event.id().equals(root.event().id())) {
      find(position, "it is not the root of this federation");
    }
    if ((position == 1) != event.parents().isEmpty()) {
      find(position, position == 1 ? "the root has parents" : "it has no parents, but is not R");
    }
    long height = 0;
    boolean known = true;
    var ids = new TreeSet<EventId>();
    for (int i = 0; i < node.parents().size(); i++) {
      long parent = node.parents().get(i);
      var parentNode = parent < position ? view.node(parent) : null;
      if (parent >= position) {
        find(position, "a parent stands after it, at " + parent);
      }
      if (parentNode == null) {
        known = false;
      } else {
        height = Math.max(height, parentNode.height() + 1);
        ids.add(parentNode.id());
      }
    }
    if (known && height != node.height()) {
      find(position, "its height is %d, not %d".formatted(height, node.height()));
    }
    if (known && !List.copyOf(ids).equals(event.parents())) {
      find(position, "its parents are not those it names");
    }
  }

  /// Runs stand whole in the log, so an event without seal waits for the next of its machine.
  private void checkSeal(long position, Event event) {
    var before = run.isEmpty() ? null : run.getLast();
    if (before != null && !event.parents().contains(before.id())) {
      find(position - 1, "event %s is vouched for by no seal".formatted(before.id()));
      run.clear();
    }
    run.add(event);
    if (run.size() > Limits.RUN_EVENTS_MAX) {
      find(position, "its run is too long");
      run.clear();
    } else if (event.sealed()) {
      switch (Run.of(run)) {
        case Run.Forming.Formed(var formed) -> {
          if (!formed.sealedBy(seals)) {
            find(position, "its seal is not its machine's");
          }
        }
        case Run.Forming.Refused(var rejection) -> find(position, rejection.toString());
      }
      run.clear();
    }
  }

  private void recount() {
    if (!run.isEmpty()) {
      find(next - 1, "event %s is vouched for by no seal".formatted(run.getLast().id()));
    }
    var tips = new TreeSet<EventId>();
    for (long position = 1; position <= view.count(); position++) {
      var node = named.get(position) ? null : view.node(position);
      if (node != null) {
        tips.add(node.id());
      }
    }
    if (!List.copyOf(tips).equals(view.tips())) {
      find(0, "the index says %d tips, counted are %d".formatted(view.tips().size(), tips.size()));
    }
    if (found.isEmpty()) { // parents that cannot be read now may have decided where a chain ends
      compareChainEnds();
    }
    recountOrder();
  }

  private void compareChainEnds() {
    chainEnds.forEach((machine, ends) -> {
      if (!view.authorTips(machine).equals(ends)) {
        find(0, "the index has other last events of machine %s".formatted(machine));
      }
    });
  }

  /// The order by height holds every event once, and its sums are theirs.
  private void recountOrder() {
    var ranges = new Ranges(view);
    if (!ranges.summary(Key.MIN, Key.MAX).equals(sum)) {
      find(0, "the sums of the index are not those of its events");
    }
    long ordered = 0;
    for (long height = 0; height <= view.heightMax(); height += 1L << Keys.BLOCK_BITS) {
      var from = Key.floor(height);
      var to = Key.floor(height + (1L << Keys.BLOCK_BITS));
      var keys = ranges.keys(from, to, Integer.MAX_VALUE);
      var counted = keys.stream().map(Key::id).reduce(Summary.EMPTY, Summary::plus, Summary::plus);
      ordered += keys.size();
      if (!ranges.summary(from, to).equals(counted)) {
        find(0, "the sum of the heights from %d on is wrong".formatted(height));
      }
    }
    if (ordered != sum.count()) {
      find(0, "%d events are in the order by height, not %d".formatted(ordered, sum.count()));
    }
  }
}
