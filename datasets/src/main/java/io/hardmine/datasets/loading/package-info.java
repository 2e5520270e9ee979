/** Loads a folder: chooses the reader of its format, and reads pools of background pictures. Knows no format itself. */
package io.hardmine.datasets.loading;
