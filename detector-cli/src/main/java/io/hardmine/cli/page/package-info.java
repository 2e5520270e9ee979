/** What all pages share: templates become HTML, and a policy lets the browser run nothing but a page's own script. */
package io.hardmine.cli.page;
