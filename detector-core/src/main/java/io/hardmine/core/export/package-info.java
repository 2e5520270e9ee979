/**
 * Models in the formats of other libraries. Each format has an {@link io.hardmine.core.export.Exporter}, found as a
 * service. Knows nothing of training or of data sets.
 */
package io.hardmine.core.export;
