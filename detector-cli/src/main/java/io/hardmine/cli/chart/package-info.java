/** The common look of Hardmine's charts. Knows nothing of what is drawn. */
package io.hardmine.cli.chart;
