package io.hardmine.cli.fuzz;

import java.util.HexFormat;

/** What a fuzz test does with an input. */
interface FuzzTarget {
    /** Reads the input; a refusal is right, any other exception a mistake. */
    void run(byte[] input) throws Exception;

    /** Runs the target over the seeds of a fuzz test of its name, mutated. */
    static void overMutations(Class<?> test, String method, int inputs, FuzzTarget target) throws Exception {
        Mutations mutations = new Mutations(Seeds.of(test, method), 1);
        for (int i = 0; i < inputs; i++) {
            byte[] input = mutations.next();
            try {
                target.run(input);
            } catch (Exception | Error e) {
                throw new AssertionError(
                        "mutation %d of %s, in hexadecimal: %s"
                                .formatted(i, method, HexFormat.of().formatHex(input)),
                        e);
            }
        }
    }
}
