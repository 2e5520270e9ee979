/**
 * Experiments: several ways to train on the same data, with the same number of steps and several seeds. Holds their
 * plans and results, and which differences the test pictures can distinguish from chance. Values only; knows neither
 * the command line nor how a run is trained.
 */
package io.hardmine.mining.experiment;
