/** From a picture to boxes: preprocessing, decoding, suppression, and the detector that programs embed. Knows nothing of training. */
package io.hardmine.core.detection;
