/**
 * Models in the formats of other libraries: an {@link io.hardmine.core.export.Exporter} for each format, found as a service.
 * Knows nothing of training and of data sets.
 */
package io.hardmine.core.export;
