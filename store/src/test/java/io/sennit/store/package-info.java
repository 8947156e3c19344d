/// Tests of the store.
@NullMarked
package io.sennit.store;

import org.jspecify.annotations.NullMarked;
