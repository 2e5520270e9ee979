package io.hardmine.cli.option;

/** A command that takes its input in more than one way, each with options that belong together. */
public interface Alternatives {
    /**
     * The ways, in a sentence. It is shown if the options of a way are incomplete or those of several ways are mixed.
     */
    String ways();
}
