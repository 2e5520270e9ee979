/** One class a command, and the reports they write. Knows nothing of the insides of the other modules. */
package io.hardmine.cli;
