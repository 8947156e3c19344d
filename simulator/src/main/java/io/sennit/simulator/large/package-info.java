/// Up to a million machines in one thread: the production overlay, in a world made of one seed.
@NullMarked
package io.sennit.simulator.large;

import org.jspecify.annotations.NullMarked;
