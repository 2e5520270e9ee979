/**
 * The network in other people's forms, for those who go on elsewhere. Knows the network and its parameters; nothing of
 * training, data or files beyond the one that it writes.
 */
package io.hardmine.core.export;
