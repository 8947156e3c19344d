/// What was said: immutable, self-contained statements and the rules for their form.
///
/// ```text
///   bytes from a peer  ──▶ EventReader ──▶ Event ─┐
///                                                 ├──▶ Run (some events of one machine, the last one sealed)
///   JSON from an application ──▶ Draft ──▶ Event ─┘
/// ```
///
/// An event's bytes are canonical JSON (RFC 8785) and its `uuid` is their SHA-256, so an event
/// fixes its whole past: together the events are a Merkle DAG. Everything decided in this package
/// is a pure function of the bytes at hand. The format is specified in `docs/event-format.md`.
@NullMarked
package io.sennit.event;

import org.jspecify.annotations.NullMarked;
