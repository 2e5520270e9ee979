/**
 * Shared by all pages: templates become HTML, and the hash of a page's own script allows that script, and no other, in
 * the content security policy.
 */
package io.hardmine.cli.page;
