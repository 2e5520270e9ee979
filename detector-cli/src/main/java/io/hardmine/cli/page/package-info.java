/**
 * Shared by all pages: templates become HTML, and the hash of a page's own script lets the browser run nothing else.
 */
package io.hardmine.cli.page;
