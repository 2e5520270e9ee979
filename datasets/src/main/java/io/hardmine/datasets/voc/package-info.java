/** Pascal VOC: one XML file per picture. Knows nothing of the other formats. */
package io.hardmine.datasets.voc;
