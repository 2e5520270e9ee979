/** Draws an experiment's result and writes its page. Knows nothing of how it was run. */
package io.hardmine.cli.experiment;
