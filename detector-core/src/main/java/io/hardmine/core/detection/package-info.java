/**
 * From a picture to boxes: preprocessing, the session that runs the network, decoding and suppression. Knows nothing of
 * training.
 */
package io.hardmine.core.detection;
