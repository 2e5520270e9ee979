/** Pages that show hard negatives, and the review page. Knows what mining found, not how it was found. */
package io.hardmine.cli.gallery;
