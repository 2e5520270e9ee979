/**
 * From a picture to boxes: preprocessing, the session that runs the network, decoding, suppression and box
 * voting. Knows nothing of training.
 */
package io.hardmine.core.detection;
