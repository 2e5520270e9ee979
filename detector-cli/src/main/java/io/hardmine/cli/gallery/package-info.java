/** Hard negatives for people: sheets, pages, and a page to decide on. Knows what mining found, not how it was found. */
package io.hardmine.cli.gallery;
