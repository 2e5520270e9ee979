/**
 * Experiments: several ways to train on the same data, for the same number of steps, with several seeds; what came out, and
 * which differences the test pictures can tell from chance. Values only. Knows neither the command line nor how a run is
 * trained.
 */
package io.hardmine.mining.experiment;
