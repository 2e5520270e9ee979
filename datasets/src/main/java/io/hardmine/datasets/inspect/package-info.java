/**
 * Shows what a data set holds: counts, sizes, shapes, and a sheet of pictures with their boxes. Knows nothing of file
 * formats and changes nothing.
 */
package io.hardmine.datasets.inspect;
