/** The model file: a trained detector with its description, and its format on disk. Knows nothing of training. */
package io.hardmine.core.model;
