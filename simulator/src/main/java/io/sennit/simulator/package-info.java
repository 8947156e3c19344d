/// The same core in a pretended world: many machines in one thread, with a clock, a network and
/// disks made of one seed.
///
/// ```text
///   Simulator ── many seeds ──▶ Simulation ── Scenario: what happens, in one line of text
///   Hunter ── until one fails       │       └─ Chaos does it; Network: who is linked
///     └▶ Shrinker ▶ Regressions     │
///                                   ▼
///   World ── agenda (what happens when) ──▶ Site: Machine + Disk, and an Audit of every step
///         ── Links: in order, with a delay, until they fall silent or break; Parrots repeat
///         ── Hostility: Liars visit, with FalseClaims and StrangeRuns; Lies knows what must not be
///         ── Trace: a hash over everything that happened; the same seed gives the same hash
/// ```
///
/// `docs/simulator.md` says what is modelled, what is not, and how to repeat a failure.
@NullMarked
package io.sennit.simulator;

import org.jspecify.annotations.NullMarked;
