/** Folders and files, the same for annotations and pictures: found, read and written. Knows nothing of what they hold. */
package io.hardmine.datasets.file;
