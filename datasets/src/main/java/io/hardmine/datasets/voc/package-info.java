/** Pascal VOC: one XML file a picture. Knows nothing of the other formats. */
package io.hardmine.datasets.voc;
