/** The settings of a run by name: reads them from YAML onto immutable records, says where a mistake is, and lists them. */
package io.hardmine.mining.settings;
