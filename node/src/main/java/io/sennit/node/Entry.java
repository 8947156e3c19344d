package io.sennit.node;

import io.sennit.event.Event;

/// An event at its place in local arrival order.
///
/// @param position from 1, R
/// @param height 1 + the highest parent height; 0 for R; the same on every machine
public record Entry(long position, long height, Event event) {}
