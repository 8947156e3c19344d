/// Tests of the HTTP API.
@NullMarked
package io.sennit.app.http;

import org.jspecify.annotations.NullMarked;
