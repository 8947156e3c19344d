/// Tests with many machines.
@NullMarked
package io.sennit.simulator;

import org.jspecify.annotations.NullMarked;
