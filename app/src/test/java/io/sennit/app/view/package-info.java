/// Tests of what people see in a terminal.
@NullMarked
package io.sennit.app.view;

import org.jspecify.annotations.NullMarked;
