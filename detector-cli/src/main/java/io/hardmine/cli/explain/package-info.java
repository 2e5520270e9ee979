/** The losses explained: curves, a page to play with, and how a model's loss is spread. Knows losses, not training. */
package io.hardmine.cli.explain;
