/** Interaction with the user at a terminal: progress, messages of failures, exit codes, Ctrl-C. Knows no command. */
package io.hardmine.cli.terminal;
