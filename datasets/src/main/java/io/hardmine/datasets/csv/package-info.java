/** Tables: keras-retinanet's without a header and TensorFlow's with one. Knows nothing of the other formats. */
package io.hardmine.datasets.csv;
