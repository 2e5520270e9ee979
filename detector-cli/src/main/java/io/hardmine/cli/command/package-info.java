/** A class for each command: its options, one call, and what it prints. Knows nothing of the internals of the other modules. */
package io.hardmine.cli.command;
