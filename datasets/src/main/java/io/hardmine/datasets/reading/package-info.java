/**
 * What the readers of all formats share: annotations as they are written, the folder that they may name files of, and
 * the checks that turn them into a data set. Knows no format.
 */
package io.hardmine.datasets.reading;
