/// What happened to one machine, written down so that it can happen again, bit for bit.
///
/// ```text
///            ┌───────── Witness ─────────┐                       ┌──── Retold ────┐
///   store ──▶│ answers, as they are given│──▶ Machine            │ the same answers│──▶ Machine
///   signer ─▶└──────────┬────────────────┘    │                  └───────▲────────┘    │
///                       ▼                     ▼                          │             ▼
///   Input, time ──▶ StepWriter ◀── outputs  bytes ──▶ StepReader ──▶ Input, time    outputs: the same?
/// ```
///
/// A machine is a function of its seed, of its inputs with their times, and of what its store and
/// its signer answer meanwhile. A *step* is one input with these answers, and hashes of what the
/// machine asked and said. A *part* is a *beginning* and the steps that follow it: it begins where
/// a machine begins, since nothing else can be begun from. Files, threads and compression are the
/// node's; a replay is the simulator's. `docs/recording.md` has the bytes.
///
/// Nothing in here knows a private key: the seals that a signer made are answers.
@NullMarked
package io.sennit.recording;

import org.jspecify.annotations.NullMarked;
