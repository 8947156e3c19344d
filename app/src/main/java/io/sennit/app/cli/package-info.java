/// The command line: one class for each command.
///
/// Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 the
/// answer is no, 2 wrong usage, 3 refused or failed.
@NullMarked
package io.sennit.app.cli;

import org.jspecify.annotations.NullMarked;
