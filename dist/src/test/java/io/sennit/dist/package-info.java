/// Tests of what people unpack.
@NullMarked
package io.sennit.dist;

import org.jspecify.annotations.NullMarked;
