/** YOLO: one text file per picture, boxes as shares of its sides. Knows nothing of the other formats. */
package io.hardmine.datasets.yolo;
