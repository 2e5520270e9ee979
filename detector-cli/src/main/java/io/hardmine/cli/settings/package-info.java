/** Settings from presets, files and flags, laid over each other. Knows settings by name only, and no command. */
package io.hardmine.cli.settings;
