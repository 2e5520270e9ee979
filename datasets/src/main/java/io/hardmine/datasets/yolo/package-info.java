/** YOLO: one text file a picture, boxes in shares of its sides. Knows nothing of the other formats. */
package io.hardmine.datasets.yolo;
