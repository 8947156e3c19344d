/// Tests of real machines in one process, over loopback.
@NullMarked
package io.sennit.node;

import org.jspecify.annotations.NullMarked;
