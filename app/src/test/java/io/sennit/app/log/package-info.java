/// Tests of the daemon's log.
@NullMarked
package io.sennit.app.log;

import org.jspecify.annotations.NullMarked;
