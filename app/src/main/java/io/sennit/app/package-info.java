/// The command line and the HTTP API.
@NullMarked
package io.sennit.app;

import org.jspecify.annotations.NullMarked;
