/// Tests of the large simulator.
@NullMarked
package io.sennit.simulator.large;

import org.jspecify.annotations.NullMarked;
