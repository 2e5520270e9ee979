package io.hardmine.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Sha256Test {
    /** The first two are test vectors of FIPS 180. */
    @Test
    void sumsAreThoseOfTheStandardHoweverTheContentIsCut() {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                new Sha256().add("").hex());
        assertEquals(abc, new Sha256().add("abc").hex());
        assertEquals(
                abc, new Sha256().add("a").add(new byte[] {'b', 'c', 'd'}, 2).hex());
        assertEquals(
                "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
                new Sha256().add("abc").base64());
    }

    @Test
    void aSumEndsWithWhatItWasAskedFor() {
        Sha256 sum = new Sha256().add("first");
        sum.hex();
        assertEquals(new Sha256().add("abc").hex(), sum.add("abc").hex());
    }
}
