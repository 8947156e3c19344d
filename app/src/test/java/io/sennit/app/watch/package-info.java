/// Tests of the live view.
@NullMarked
package io.sennit.app.watch;

import org.jspecify.annotations.NullMarked;
