/** Writes an evaluation as one self-contained HTML page. Knows results and pictures, not how they were made. */
package io.hardmine.cli.report;
