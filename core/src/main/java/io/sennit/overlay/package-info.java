/// Who is linked with whom, and which way news goes: up to a million machines, none of which lists
/// all others.
///
/// ```text
///   Overlay ──┬─▶ Membership   views: who is linked, who could be (Acquaintances)
///   front     ├─▶ Vicinity     round trips, coordinates, links to machines nearby
///   door      ├─▶ Trees        four beacon trees over the links
///             └─▶ Spread       runs: given along a tree, announced elsewhere, asked for if late
///                    all on ──▶ Links, a row of slots
/// ```
///
/// - An [Overlay] is deterministic: the same seed and the same calls give the same effects. It has
///   no clock and one caller.
/// - State is bounded: a fixed amount for each link, a passive view of at most 128 contacts, a
///   table of runs that forgets after half a minute. No message carries more than a few contacts.
/// - Correctness never rests on it. What the overlay loses, reconciliation finds; what a peer says
///   here decides only whom we speak with, and when.
///
/// The views are those of HyParView (Leitão, Pereira, Rodrigues, DSN 2007), coordinates those of
/// Vivaldi (Dabek et al., SIGCOMM 2004), trees are grown by beacons as in GoCast (Tang, Chang,
/// Ward, DSN 2005), and a parent may be replaced without asking when that can close no circle, as
/// in Babel (RFC 8966). `docs/decisions/0018-beacon-trees.md` says why.
@NullMarked
package io.sennit.overlay;

import org.jspecify.annotations.NullMarked;
