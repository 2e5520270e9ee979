/** How every chart of Hardmine looks. Knows nothing of what is drawn. */
package io.hardmine.cli.chart;
