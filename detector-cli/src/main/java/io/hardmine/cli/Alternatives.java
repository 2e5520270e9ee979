package io.hardmine.cli;

/** A command that takes its input in more than one way, each with options that belong together. */
interface Alternatives {
    /** The ways, in a sentence, for whoever gave too little or a mixture. */
    String ways();
}
