/** Folders and what lies in them, the same for annotations and pictures. Knows nothing of what the files hold. */
package io.hardmine.datasets.file;
