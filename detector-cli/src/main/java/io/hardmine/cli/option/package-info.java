/** Options that several commands share, values that options accept, and messages about misuse. Knows no command. */
package io.hardmine.cli.option;
