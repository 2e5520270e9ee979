/** Options that several commands share, the words that options take, and messages about wrong ones. Knows no command. */
package io.hardmine.cli.option;
