/// Tests of what is told of a rehearsal.
@NullMarked
package io.sennit.app.rehearsal;

import org.jspecify.annotations.NullMarked;
