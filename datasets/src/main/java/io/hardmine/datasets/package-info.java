/**
 * Pictures, boxes and categories: reading, checking, splitting and making annotated data sets. Knows nothing of
 * networks.
 */
package io.hardmine.datasets;
