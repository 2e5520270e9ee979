/** The model file: what a trained detector is, and how it lies on disk. Knows nothing of training. */
package io.hardmine.core.model;
