/** What a person at a terminal sees and does: progress, messages of failures, exit codes, Ctrl-C. Knows no command. */
package io.hardmine.cli.terminal;
