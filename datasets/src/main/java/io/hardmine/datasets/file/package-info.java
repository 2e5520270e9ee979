/** Finds, reads and writes files and folders, for annotations and pictures alike. Knows nothing of what they hold. */
package io.hardmine.datasets.file;
