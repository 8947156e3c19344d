/// Tests of the command line.
@NullMarked
package io.sennit.app.cli;

import org.jspecify.annotations.NullMarked;
