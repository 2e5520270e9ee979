package io.hardmine.cli.option;

/** A command that takes its input in more than one way, each with options that belong together. */
public interface Alternatives {
    /** The ways, in a sentence, for whoever gave too little or a mixture. */
    String ways();
}
