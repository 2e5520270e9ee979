/** Decides which examples a training step and a training set hold. Knows nothing of the command line. */
package io.hardmine.mining;
