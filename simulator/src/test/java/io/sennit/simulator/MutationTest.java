package io.sennit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulator bites: each fault put into the core is found within the seeds that
/// [SimulationTest] runs, by a rule that speaks of it.
final class MutationTest {
  private static final long SEEDS = 2000;

  static Stream<Mutant> mutants() {
    return Stream.of(
        Mutant.of(
            "acknowledge before durable",
            Set.of("I7"),
            "machine/Creator",
            "    inFlight.add(new Batch(requests, runs, head.count()));",
            "    inFlight.add(new Batch(requests, runs, head.count())); persisted(head.count(), 0);"),
        Mutant.of(
            "acknowledge all when the first is durable",
            Set.of("I7", "CORE"),
            "machine/Creator",
            "!inFlight.isEmpty() && inFlight.getFirst().lastPosition <= position",
            "!inFlight.isEmpty()"),
        Mutant.of(
            "acknowledge what a failed disk may have lost",
            Set.of("I7"),
            "machine/Creator",
            "        answer(request, number -> new Output.Unknown(number, why));",
            "        var positions = LongStream.range(request.first,"
                + " request.first + request.drafts.size()).boxed().toList();"
                + " answer(request, number -> new Output.Acknowledge(number, positions));"),
        Mutant.of(
            "write again what was asked for again",
            Set.of("ONCE"),
            "machine/Creator",
            "    if (append.key() != null && repeats(append, append.key())) {",
            "    if (append.key() != null && repeats(append, append.key()) && append.drafts().isEmpty()) {"),
        Mutant.of(
            "keep no receipts",
            Set.of("ONCE"),
            "machine/Creator",
            "head.enter(event, receipts.get(head.count() + 1));",
            "head.enter(event);"),
        Mutant.of(
            "publish before durable",
            Set.of("I7"),
            "machine/Machine",
            "    creator.formBatches();\n    conversations.settle();",
            "    creator.formBatches(); out.say(new Output.Publish(head.count()));\n    conversations.settle();"),
        Mutant.of(
            "claim before durable",
            Set.of("I5", "I7"),
            "machine/Conversations",
            "return new Frontier(head.durable(), ",
            "return new Frontier(head.count(), "),
        Mutant.of(
            "skip the parent check",
            Set.of("CORE"),
            "machine/Receiver",
            "    if (firstMissing(arrival.run()).isEmpty()) {",
            "    if (arrival.state() != null) {"),
        Mutant.of(
                "drop the closure rule everywhere",
                Set.of("I2"),
                "machine/Receiver",
                "    if (firstMissing(arrival.run()).isEmpty()) {",
                "    if (arrival.state() != null) {")
            .and(
                "dag/Rules",
                "        var node = head.node(head.position(parent));",
                "        if (!head.contains(parent)) { continue; }"
                    + " var node = head.node(head.position(parent));")
            .and(
                "dag/Head",
                "      if (positions[i] == 0) {",
                "      if (positions[i] == 0) { continue; } if (positions[i] < 0) {"),
        Mutant.of(
            "persist children before parents",
            Set.of("I2", "I4"),
            "machine/Outbox",
            "      taken.add(new Output.Persist(batch));",
            "      taken.add(new Output.Persist(batch.reversed()));"),
        Mutant.of(
            "admit half a run",
            Set.of("RUN"),
            "machine/Receiver",
            "    for (var event : arrival.run().events()) {",
            "    for (Event event : arrival.run().events().subList(0,"
                + " (arrival.run().events().size() + 1) / 2)) {"),
        Mutant.of(
            "take any seal",
            Set.of("SEAL"),
            "machine/Receiver",
            "    if (arrival.run().sealedBy(seals)) {",
            "    if (arrival.run().sealedBy((machine, message, seal) -> true)) {"),
        Mutant.of(
            "forget the tip that a durable event is",
            Set.of("I5"),
            "dag/Head",
            "      durableTips.add(placed.node().id());",
            ""),
        Mutant.of(
            "keep tips that have children",
            Set.of("I6"),
            "dag/Head",
            "    parents.forEach(tips::remove);",
            ""),
        Mutant.of(
            "choose parents among the durable tips",
            Set.of("I6"),
            "machine/ParentChoice",
            "choose(head.tips().keySet(),",
            "choose(new java.util.TreeSet<>(head.durableTips()),"),
        Mutant.of(
            "count the height from the last parent",
            Set.of("I3"),
            "dag/Head",
            "      height = Math.max(height, node.height() + 1);",
            "      height = node(positions[i]).height() + 1;"),
        Mutant.of(
            "drop an orphan and never want it again",
            Set.of("I9", "I10", "I11"),
            "machine/Orphans",
            "      forget(arrival);\n      take(arrival.run().last().id());",
            "      forget(arrival);"),
        Mutant.of(
            "let any number of orphans wait",
            Set.of("I9"),
            "machine/Orphans",
            "    return charge == null\n",
            "    return peer >= 0 || charge == null\n"),
        Mutant.of(
            "take different ranges for equal",
            Set.of("I10", "I11"),
            "sync/Reconciliation",
            "    return theirs.equals(fingerprint(fingerprints, salt, theirs.from(), theirs.to(), mine));",
            "    return theirs.equals(fingerprint(fingerprints, salt, theirs.from(), theirs.to(), mine))"
                + " || theirs.count() >= 0;"),
        Mutant.of(
            "wait for a peer that is gone",
            Set.of("I10", "I11"),
            "machine/Conversations",
            "      conversation.down();\n      released(peer);",
            "      conversation.down();"),
        Mutant.of(
            "take oneself for equal without proof",
            Set.of("I11"),
            "machine/Conversation",
            "    return provenCount == all.head().count();",
            "    return provenCount >= 0;"),
        Mutant.of(
            "take oneself for equal while own events are on their way",
            Set.of("I11"),
            "machine/Conversation",
            "    return provenCount == all.head().count();",
            "    return provenCount == all.head().durable();"),
        Mutant.of(
            "take greetings with the same count for the same",
            Set.of("I10", "I11"),
            "machine/Conversation",
            "    boolean equal = said.is(theirCount, theirDigest);",
            "    boolean equal = said.count() == theirCount;"),
        Mutant.of(
            "create only with a peer",
            Set.of("I12"),
            "machine/Machine",
            "    creator.formBatches();",
            "    if (!conversations.status().isEmpty()) { creator.formBatches(); }"),
        Mutant.of(
            "create on a failed disk",
            Set.of("I4", "I12"),
            "machine/Mode",
            "  READ_ONLY(false, ",
            "  READ_ONLY(true, "),
        Mutant.of(
            "let an event stand on what another machine has not sealed",
            Set.of("RULE"),
            "dag/Rules",
            "if (predecessor != null || before != 0 || !node.machine().equals(event.machine())) {",
            "if (predecessor != null || before != 0) {"),
        Mutant.of(
            "let an event have two predecessors",
            Set.of("RULE"),
            "dag/Rules",
            "if (predecessor != null || before != 0 || !node.machine().equals(event.machine())) {",
            "if (predecessor != null || !node.machine().equals(event.machine())) {"),
        Mutant.of(
            "do not count the beginning that a run shares",
            Set.of("RULE"),
            "dag/Rules",
            "      while (before != 0) {",
            "      while (before < 0) {"),
        Mutant.of(
            "take a second R",
            Set.of("I1", "RULE"),
            "dag/Rules",
            "      if (event.parents().isEmpty()) {",
            "      if (event.parents().size() < 0) {"),
        Mutant.of(
            "take any events for a run",
            Set.of("RULE"),
            "event/Run",
            "    return rejection.isPresent()\n",
            "    return rejection.isPresent() && events.isEmpty()\n"),
        Mutant.of(
            "take anything for a time",
            Set.of("RULE"),
            "event/Members",
            "form.peek(at) == '\"' ? values.end(at) : malformed(\"time\", \"a string\", at)",
            "values.end(at)"),
        Mutant.of(
                "forgive whoever gives nothing, and wait for whoever says nothing",
                Set.of("I11"),
                "machine/Conversation",
                "        all.released(peer); // others may give before it has said a word\n",
                "")
            .and("machine/Conversation", "          all.hangUp(peer, \"it said nothing\");", ""));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aFaultyCoreIsCaught(Mutant mutant) throws Throwable {
    var simulation = MutantLoader.of(mutant.sources()).seed();
    for (long seed = 1; seed <= SEEDS; seed++) {
      var rule = (String) simulation.invokeExact(seed);
      if (!rule.isEmpty()) {
        System.out.printf(Locale.ROOT, "| %s | %s | %d |%n", mutant.name(), rule, seed);
        assertThat(mutant.rules()).as(mutant.name()).contains(rule);
        return;
      }
    }
    throw new AssertionError("not caught within " + SEEDS + " seeds: " + mutant.name());
  }

  /// Otherwise a loader that broke something would pass for a simulator that bites.
  @Test
  void theSameCoreInTheLoaderIsNotCaught() throws Throwable {
    var unchanged =
        new Mutant(
            "none", Set.of(), List.of(new Mutant.Replacement("dag/Head", "package", "package")));
    var simulation = MutantLoader.of(unchanged.sources()).seed();
    for (long seed = 1; seed <= 20; seed++) {
      assertThat((String) simulation.invokeExact(seed)).isEmpty();
    }
  }
}
