/** Reads settings from YAML onto immutable records, and says where a mistake is. Knows nothing of what is set. */
package io.hardmine.cli.settings;
