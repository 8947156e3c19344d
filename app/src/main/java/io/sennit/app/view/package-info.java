/// What people see: text made safe for a terminal, the drawn graph, and where results go.
@NullMarked
package io.sennit.app.view;

import org.jspecify.annotations.NullMarked;
