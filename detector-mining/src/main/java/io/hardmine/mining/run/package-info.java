/**
 * Whole runs as one call: {@link io.hardmine.mining.run.TrainingRun} makes a model of annotated pictures, and {@link
 * io.hardmine.mining.run.ModelEvaluation} scores a model on annotated pictures.
 */
package io.hardmine.mining.run;
