/** The program. Knows nothing of what a single command does. */
package io.hardmine.cli;
