package io.hardmine.cli.option;

import io.hardmine.mining.bootstrap.Miner;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How background is searched for false alarms. */
public final class SearchOptions {
    private static final int MOST = 100_000;

    @Option(
            names = "--score",
            paramLabel = "S",
            description =
                    "A detection that scores at least S is a false alarm. Default: the model's threshold of each class.")
    private Double score;

    @Option(names = "--limit", paramLabel = "N", description = "Keep the N hardest. Default: ${DEFAULT-VALUE}.")
    private int limit = Miner.Search.defaults().limit();

    @Option(
            names = "--scales",
            paramLabel = "X",
            split = ",",
            description = "Sizes at which pictures are searched, in units of the model's input size. Default: 1,0.7.")
    private List<Double> scales = Miner.Search.defaults().scales();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * The settings of the search.
     *
     * @throws ParameterException if a number is out of its range
     */
    public Miner.Search search() {
        require(limit >= 1 && limit <= MOST, "--limit must lie in [1, %d], not %d".formatted(MOST, limit));
        require(score == null || score > 0 && score < 1, "--score must lie between 0 and 1, not " + score);
        require(
                !scales.isEmpty() && scales.stream().allMatch(s -> s >= 0.1 && s <= 4),
                "--scales takes numbers in [0.1, 4], not "
                        + scales.stream().map(String::valueOf).collect(Collectors.joining(",")));
        return new Miner.Search(limit, scales, score);
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
