/**
 * Shared by the readers of all formats: annotations as they are written, the data folder in which names are resolved to
 * files, and the checks that turn annotations into a data set. Knows no format.
 */
package io.hardmine.datasets.reading;
