package io.hardmine.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.image.PictureDecoder;
import io.hardmine.datasets.image.PictureHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Mat;

/** The headers of pictures, and their pixels if the header tells of a small picture. */
class PictureFuzzTest {
    private static final int MUTATIONS = 3_000;
    private static final long SMALL = 1 << 18;

    @TempDir
    private static Path folder;

    @FuzzTest
    void picture(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("a.picture"), input);
        try {
            PictureHeader header = PictureHeader.read(file);
            if ((long) header.rawWidth() * header.rawHeight() > SMALL) {
                return;
            }
            Mat pixels = PictureDecoder.decode(file);
            try {
                assertEquals(header.shownWidth(), pixels.cols());
                assertEquals(header.shownHeight(), pixels.rows());
            } finally {
                pixels.release();
            }
            PictureDecoder.gray(file, 8).release();
        } catch (DataException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    @Test
    void mutatedPicturesAreDecodedOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "picture", MUTATIONS, this::picture);
    }
}
