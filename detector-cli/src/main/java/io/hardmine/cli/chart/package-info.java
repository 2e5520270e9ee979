/** The common look of Hardmine's charts, their PNG files, and the chart of a learning rate test. Knows no command. */
package io.hardmine.cli.chart;
