package io.hardmine.cli.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Mutates seeds at random: the same seeds and the same number give the same inputs. */
final class Mutations {
    private static final int LONGEST = 1 << 16;

    /** What breaks readers: extreme numbers, names of other kinds, beginnings without an end. */
    private static final List<byte[]> STRANGE = Stream.of(
                    "0",
                    "-1",
                    "-0.0",
                    "1e308",
                    "1e-320",
                    "1e999",
                    "NaN",
                    "Infinity",
                    "2147483647",
                    "-2147483648",
                    "4294967296",
                    "9223372036854775807",
                    "99999999999999999999",
                    "0x10",
                    "1d",
                    "null",
                    "true",
                    "",
                    "\"",
                    "'",
                    "[",
                    "]",
                    "{",
                    "}",
                    "<",
                    ">",
                    "</",
                    "&lt;",
                    "&x;",
                    "<!DOCTYPE a [<!ENTITY x 'y'>]>",
                    "<![CDATA[",
                    "\0",
                    "\uFEFF",
                    "\u001b[2J",
                    "\uD83D",
                    "é",
                    "\r",
                    "\n",
                    "\t",
                    " ",
                    ",",
                    ";",
                    ":",
                    "=",
                    ".",
                    "/",
                    "\\",
                    "..",
                    "../../etc/passwd",
                    "/dev/zero",
                    "C:\\a.png",
                    "a.png/",
                    "~",
                    "*",
                    "&a",
                    "*a",
                    "!!x",
                    "<<: *a",
                    "---\n",
                    "# ",
                    "%%%\n",
                    "[[[[[[[[",
                    "{\"a\":")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final List<byte[]> seeds;
    private final Random random;

    Mutations(List<byte[]> seeds, long number) {
        this.seeds = seeds;
        random = new Random(number);
    }

    /** The next input: a seed with one to eight changes. */
    byte[] next() {
        byte[] input = seed();
        for (int changes = 1 << random.nextInt(4); changes > 0; changes--) {
            input = changed(input);
        }
        return input.length <= LONGEST ? input : seed();
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int length = random.nextInt(Math.min(64, input.length - at) + 1);
        switch (random.nextInt(7)) {
            case 0: // a bit flips
                if (at < input.length) {
                    input[at] ^= (byte) (1 << random.nextInt(8));
                }
                return input;
            case 1: // any byte
                if (at < input.length) {
                    input[at] = (byte) random.nextInt(256);
                }
                return input;
            case 2: // a piece goes
                return joined(input, at, new byte[0], at + length);
            case 3: // a piece is there twice
                return joined(input, at + length, piece(input, at, length), at + length);
            case 4: // a piece of another seed
                byte[] other = seed();
                int from = random.nextInt(other.length + 1);
                return joined(input, at, piece(other, from, random.nextInt(Math.min(64, other.length - from) + 1)), at);
            case 5: // something strange in place of a piece
                return joined(input, at, STRANGE.get(random.nextInt(STRANGE.size())), at + Math.min(length, 8));
            default: // the end goes
                return random.nextInt(4) == 0 ? piece(input, 0, at) : input;
        }
    }

    private static byte[] joined(byte[] input, int until, byte[] between, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(input, 0, until);
        out.writeBytes(between);
        out.write(input, from, input.length - from);
        return out.toByteArray();
    }

    private static byte[] piece(byte[] input, int from, int length) {
        byte[] piece = new byte[length];
        System.arraycopy(input, from, piece, 0, length);
        return piece;
    }
}
