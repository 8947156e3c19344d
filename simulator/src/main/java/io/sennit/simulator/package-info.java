/// The same core in a pretended world: many machines in one thread, with a clock, a network and
/// disks made of one seed.
///
/// ```text
///   World ── agenda (what happens when) ──▶ Site: Machine + MemoryStore + a disk that is slow to sync
///         ── links: in order, with a delay, and cut when the scenario says so
///         ── Trace: a hash over everything that happened; the same seed gives the same hash
/// ```
///
/// Messages cross a link as bytes, so the codec is exercised too. Not modelled: loss or reordering
/// inside a link (TCP has neither), bandwidth, clocks that disagree (the core reads none), damaged
/// disks.
@NullMarked
package io.sennit.simulator;

import org.jspecify.annotations.NullMarked;
