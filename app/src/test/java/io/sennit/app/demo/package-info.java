/// Tests of several machines in processes of their own.
@NullMarked
package io.sennit.app.demo;

import org.jspecify.annotations.NullMarked;
