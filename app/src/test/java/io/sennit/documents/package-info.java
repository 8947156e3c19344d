/// The documents, tried as a reader would: every command on every page is run, and what the page
/// shows is what comes.
@NullMarked
package io.sennit.documents;

import org.jspecify.annotations.NullMarked;
