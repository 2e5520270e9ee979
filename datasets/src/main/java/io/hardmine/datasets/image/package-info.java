/**
 * Picture files to pixels: OpenCV's native library, headers, decoding. Knows nothing of annotations and formats of data
 * sets.
 */
package io.hardmine.datasets.image;
