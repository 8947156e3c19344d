/// The embeddable machine: `Sennit` is the door, one driver thread owns the core's machine, virtual
/// threads block at the network's edge.
@NullMarked
package io.sennit.node;

import org.jspecify.annotations.NullMarked;
