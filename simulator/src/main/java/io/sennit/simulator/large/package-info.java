/// Up to a million machines: the production overlay, class for class, in a world made of one seed.
///
/// ```text
///   Rehearsal ── phases: join, settle, quiet, write, crash, write again, agree ──▶ Summary
///       │
///       ▼
///   Federation ── on each machine an Overlay; what it holds (Knowledge)
///       │      └─ District: its machines in one sector; Comparisons; the Ledger
///       │  is an Inhabitants
///       ▼
///   World ── Network: links, in order, with delays, losses, cuts
///       │ ── Places: region, last mile, uplink, capacity; Alarms; Dice: a random state for each
///       ▼
///   Sector ×8 ── Wheel: what happens when, 64 bits an entry; TraceHash over every one of them
///             ── Ends of links; Frames under way; an Outbox for each other sector
/// ```
///
/// Each processor drives the next sector that nobody drives, for as long as no sector can hear of
/// another: `docs/decisions/0023`.
///
/// - *Production code, unchanged:* [io.sennit.overlay.Overlay] with all it is made of: who is
///   linked with whom, what travels along which tree, what is announced, pulled, and when.
/// - *Modelled here:*
///   - the network: the speed of light between regions, last miles of 2 to 12 ms on each side, one
///     millisecond in which a frame is handled (an fsync included, if it is a payload), up to 2 ms
///     of jitter, uplinks with a bandwidth, loss as TCP shows it (a frame comes late, and all
///     behind it), links that break, routers that can only be passed from inside, cut regions in
///     both directions or one;
///   - links: a dial takes one and a half round trips, the machine that is dialled has the link
///     half a round trip earlier, and refuses a second one; a process that dies is noticed half a
///     round trip later, a machine that vanishes after 60 to 120 s unless the overlay is earlier;
///   - the DAG: which events each machine holds, one bit each; an event names all tips that its
///     writer held, or 32 of them when there are more than 256; it waits as an orphan where a
///     parent is missing;
///   - reconciliation: every 20 to 40 s, on each new link, and one second after an orphan came, a
///     machine compares its set with that of one neighbour (53 and 6 bytes with their frames if
///     they are equal). If not, each gives what the other lacks, half a round trip and one round
///     trip later, but for events younger than two seconds. A comparison carries the whole set; no
///     sketch, ladder or range is computed;
///   - sizes of messages: what `docs/protocol.md` says, with addresses of 18 characters.
/// - *Not modelled:* bytes (messages travel as objects), seals, hashes of events, TLS and its
///   processor time, processors at all but for that millisecond, buffers of the kernel and
///   congestion, downlinks, credit and queues of links, pauses of a garbage collector, disks, runs
///   of more than one event, unsynced tails lost in a crash, machines that lie. The small
///   simulator, `io.sennit.simulator`, has the last three, with the whole production machine.
///
/// A run is a function of its [Plan]: the hash over every entry delivered is the same each time,
/// whatever the computer. The models under [Inhabitants] know nothing of overlays: whoever else can
/// be told `up`, `down`, `arrived` and `rang` may live on them, the whole production machine for
/// instance.
///
/// The wheel follows G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels" (SOSP 1987).
@NullMarked
package io.sennit.simulator.large;

import org.jspecify.annotations.NullMarked;
