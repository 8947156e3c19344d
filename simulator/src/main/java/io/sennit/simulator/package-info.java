/// The same core in a pretended world.
@NullMarked
package io.sennit.simulator;

import org.jspecify.annotations.NullMarked;
