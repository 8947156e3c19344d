package io.sennit.app.rehearsal;

import io.sennit.simulator.large.Plan;
import io.sennit.simulator.large.Summary;

/// A rehearsal that is over, with all that there is to tell about it.
///
/// @param plan what was rehearsed
/// @param place where the machines were, in a few words
/// @param commandLine repeats it
/// @param summary what came of it
public record Told(Plan plan, String place, String commandLine, Summary summary) {}
