/** COCO: JSON files with pictures, categories and annotations. Knows nothing of the other formats. */
package io.hardmine.datasets.coco;
