/** Evaluations as a page for people: one HTML file that stands alone. Knows results and pictures, not how they came about. */
package io.hardmine.cli.report;
