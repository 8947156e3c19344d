/// How events are joined: the one port to the store, and the questions sync and readers ask of the
/// graph.
///
/// ```text
///            head   = store + runs on their way to the disk; it only chooses parents
///   ┌──────────────────────────────┬───────────────┐
///   │ store (durable, by position) │ Head's flight │
///   └──────────────────────────────┴───────────────┘
///   position 1 is R; every parent has a lower position than its child
/// ```
///
/// Positions are local arrival order and so a topological order by construction. A walk over
/// ancestors goes by position, downwards, and needs no recursion. Heights are the same on every
/// machine.
@NullMarked
package io.sennit.dag;

import org.jspecify.annotations.NullMarked;
