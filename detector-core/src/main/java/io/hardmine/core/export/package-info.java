/**
 * The network in the formats of other libraries. Knows the network and its parameters; nothing of
 * training, data or files beyond the one that it writes.
 */
package io.hardmine.core.export;
