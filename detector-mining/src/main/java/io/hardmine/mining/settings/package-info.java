/**
 * The settings of a run by name: reads them from YAML into immutable records, reports where a mistake is, and lists
 * them.
 */
package io.hardmine.mining.settings;
