package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.onednn.ConvolutionAlgorithm.Pass;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A convolution by F(4×4, 3×3) of Lavin and Gray 2016, for processors on which oneDNN has none: Java transforms, oneDNN
 * multiplies. Shapes alone determine the parts, and no sum extends over several parts. The result therefore has the
 * same bits with any number of threads.
 */
final class WinogradConvolution {
    private static final int POINTS = TileTransform.POINTS;
    /** Number of buffers of the weight gradient; a thread multiplies the points of one buffer at a time. */
    private static final int GROUPS = 12;
    /** Entries, of in · out, that one part of a weight transform works on. */
    private static final int WEIGHTS_OF_A_PART = 8 * WeightTransform.LENGTH;

    private final PlanContext build;
    private final Convolution convolution;
    private final TileGrid grid;
    private final Team team;

    WinogradConvolution(PlanContext build, Convolution convolution, Shape result) {
        this.build = build;
        this.convolution = convolution;
        grid = TileGrid.of(result);
        team = build.kernels.team().orElseThrow();
    }

    /**
     * Whether it is faster than a direct convolution: this takes many channels, and enough tiles to outweigh the
     * transform of the weights. Shapes alone decide, so that the same training gives the same weights
     * (docs/performance.md).
     */
    static boolean pays(PlanContext build, Pass pass, Convolution convolution, Shape result) {
        int in = convolution.weight().size(2);
        int out = convolution.filters();
        if (convolution.kernel() != 3 || convolution.stride() != 1) {
            return false;
        }
        int tiles = TileGrid.of(result).tiles();
        int least = pass == Pass.INFERENCE ? 32 : Math.max(32, Math.max(in, out) / 4);
        return TileTransform.inWholeBlocks(Math.min(in, out)) >= 32
                && tiles >= least
                && build.kernels.team().isPresent();
    }

    /** Numbers of a tensor as Java reads and writes them; it has an address only when the plan is settled. */
    private static FloatBuffer numbers(memory tensor) {
        try (memory.desc layout = tensor.get_desc()) {
            long length = layout.get_size() / Float.BYTES;
            return new FloatPointer(tensor.get_data_handle()).capacity(length).asBuffer();
        }
    }

    private static memory.desc matrices(int count, int rows, int columns) {
        return new memory.desc(new long[] {count, rows, columns}, memory.data_type.f32, memory.format_tag.abc);
    }

    /** As {@link #matrices}, with each matrix stored by columns. */
    private static memory.desc transposed(int count, int rows, int columns) {
        return new memory.desc(new long[] {count, rows, columns}, memory.data_type.f32, memory.format_tag.acb);
    }

    /** Layout of transformed weights: [36, in, out], or [36, out, in] if {@code turned}. */
    static memory.desc transformed(Parameter weight, boolean turned) {
        return turned
                ? matrices(POINTS, weight.size(3), weight.size(2))
                : matrices(POINTS, weight.size(2), weight.size(3));
    }

    /** Layout of weights that {@link #transform} reads: [3, 3, in, out], or [3, 3, out, in] if {@code turned}. */
    static memory.desc plain(Parameter weight, boolean turned) {
        long in = weight.size(2);
        long out = weight.size(3);
        long[] outInHeightWidth = {out, in, 3, 3};
        long[] strides =
                turned ? new long[] {in, 1, 3 * in * out, in * out} : new long[] {1, out, 3 * in * out, in * out};
        return new memory.desc(outInHeightWidth, memory.data_type.f32, strides);
    }

    /**
     * Transforms plain weights. The gradient by the input needs them {@code turned}: each 3 × 3 window rotated by 180°.
     */
    static Runnable transform(Team team, Parameter weight, memory plain, memory transformed, boolean turned) {
        int of = weight.size(2) * weight.size(3);
        return () -> {
            FloatBuffer from = numbers(plain);
            FloatBuffer to = numbers(transformed);
            team.run(parts(of), (thread, member, part) -> {
                for (int at = part * WEIGHTS_OF_A_PART; at < endOf(part, of); at += WeightTransform.LENGTH) {
                    member.weights.forward(from, to, at, of, turned);
                }
            });
        };
    }

    private static int parts(int numbers) {
        return (numbers + WEIGHTS_OF_A_PART - 1) / WEIGHTS_OF_A_PART;
    }

    private static int endOf(int part, int numbers) {
        return Math.min(numbers, (part + 1) * WEIGHTS_OF_A_PART);
    }

    /** Plans the result with bias, and max(0, ·) if {@code relu}. */
    void forward(memory source, memory result, boolean relu) {
        Parameter weight = convolution.weight();
        memory weights = build.forwardWeights().transformed(weight, false);
        memory bias =
                convolution.bias() == null ? null : build.kernels.weights().value(convolution.bias());
        product(build.forward, source, weight.size(2), weights, result, weight.size(3), bias, relu);
        build.forwardWeights().used(weight);
    }

    /** Plans the gradient by the input. */
    void inputGradient(memory gradient, memory byInput) {
        Parameter weight = convolution.weight();
        memory weights = build.backwardWeights().transformed(weight, true);
        product(build.backward, gradient, weight.size(3), weights, byInput, weight.size(2), null, false);
    }

    private matmul.primitive_desc product(memory.desc left, memory.desc right, memory.desc result) {
        return build.keep(team.make(() -> new matmul.primitive_desc(
                new matmul.desc(left, right, result), PlanContext.attributes(), build.engine())));
    }

    private void product(
            List<Runnable> order,
            memory from,
            int fromChannels,
            memory weights,
            memory to,
            int toChannels,
            memory bias,
            boolean relu) {
        int tiles = grid.rowsOfABlock() * grid.across();
        memory.desc left = matrices(POINTS, tiles, fromChannels);
        memory.desc right = matrices(POINTS, tiles, toChannels);
        matmul.primitive_desc description = product(left, weights.get_desc(), right);
        List<Buffer> transformed = new ArrayList<>();
        List<Buffer> products = new ArrayList<>();
        List<Runnable> multiply = new ArrayList<>();
        for (int thread = 0; thread < Math.min(team.size(), grid.blocks()); thread++) {
            Buffer v = build.borrow(left);
            Buffer m = build.borrow(right);
            multiply.add(build.execution(
                    description,
                    team.make(() -> new matmul(description)),
                    dnnl.DNNL_ARG_SRC,
                    v.memory(),
                    dnnl.DNNL_ARG_WEIGHTS,
                    weights,
                    dnnl.DNNL_ARG_DST,
                    m.memory()));
            transformed.add(v);
            products.add(m);
        }
        List<memory> sources = transformed.stream().map(Buffer::memory).toList();
        List<memory> results = products.stream().map(Buffer::memory).toList();
        order.add(() -> {
            TileTransform.Map source = new TileTransform.Map(numbers(from), grid, fromChannels);
            TileTransform.Map result = new TileTransform.Map(numbers(to), grid, toChannels);
            float[] addend = bias == null ? null : new float[toChannels];
            if (bias != null) {
                numbers(bias).get(0, addend);
            }
            List<TileTransform.Points> v = points(sources, tiles, fromChannels);
            List<TileTransform.Points> m = points(results, tiles, toChannels);
            team.run(grid.blocks(), (thread, member, block) -> {
                int first = block * grid.rowsOfABlock();
                int end = Math.min(grid.rows(), first + grid.rowsOfABlock());
                for (int row = first; row < end; row++) {
                    member.tiles.input(source, row, v.get(thread), (row - first) * grid.across());
                }
                multiply.get(thread).run();
                for (int row = first; row < end; row++) {
                    member.tiles.output(m.get(thread), (row - first) * grid.across(), result, row, addend, relu);
                }
            });
        });
        transformed.forEach(Buffer::release);
        products.forEach(Buffer::release);
    }

    private static List<TileTransform.Points> points(List<memory> each, int tiles, int channels) {
        return each.stream()
                .map(m -> new TileTransform.Points(new FloatBuffer[] {numbers(m)}, tiles, channels))
                .toList();
    }

    /** Plans the gradients by the weight and by the bias. */
    void weightGradient(memory source, memory gradient) {
        Parameter weight = convolution.weight();
        int in = weight.size(2);
        int out = weight.size(3);
        int tiles = grid.tiles();
        int each = POINTS / GROUPS;
        memory.desc left = transposed(each, in, tiles);
        memory.desc middle = matrices(each, tiles, out);
        memory.desc right = matrices(each, in, out);
        List<Buffer> sources = borrow(left);
        List<Buffer> gradients = borrow(middle);
        List<Buffer> products = borrow(right);
        matmul.primitive_desc description = product(left, middle, right);
        List<Runnable> multiply = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            multiply.add(build.execution(
                    description,
                    team.make(() -> new matmul(description)),
                    dnnl.DNNL_ARG_SRC,
                    sources.get(group).memory(),
                    dnnl.DNNL_ARG_WEIGHTS,
                    gradients.get(group).memory(),
                    dnnl.DNNL_ARG_DST,
                    products.get(group).memory()));
        }
        Buffer byWeight = build.gradientPart(weight, plain(weight, false));
        Buffer byBias =
                convolution.bias() == null ? null : build.gradientPart(convolution.bias(), PlanContext.vector(out));
        List<memory> v = sources.stream().map(Buffer::memory).toList();
        List<memory> z = gradients.stream().map(Buffer::memory).toList();
        List<memory> u = products.stream().map(Buffer::memory).toList();
        int of = in * out;
        build.backward.add(() -> {
            TileTransform.Map ofSource = new TileTransform.Map(numbers(source), grid, in);
            TileTransform.Map ofGradient = new TileTransform.Map(numbers(gradient), grid, out);
            TileTransform.Points toSource = new TileTransform.Points(buffers(v), tiles, in);
            TileTransform.Points toGradient = new TileTransform.Points(buffers(z), tiles, out);
            FloatBuffer[] from = buffers(u);
            FloatBuffer to = numbers(byWeight.memory());
            Team.Phase transform = new Team.Phase(grid.rows(), (thread, member, row) -> {
                member.tiles.input(ofSource, row, toSource, row * grid.across());
                member.tiles.gradient(ofGradient, row, toGradient, row * grid.across());
            });
            Team.Phase multiplication = new Team.Phase(
                    GROUPS, (thread, member, group) -> multiply.get(group).run());
            Team.Phase back = new Team.Phase(parts(of), (thread, member, part) -> {
                for (int at = part * WEIGHTS_OF_A_PART; at < endOf(part, of); at += WeightTransform.LENGTH) {
                    member.weights.backward(from, to, at, of);
                }
            });
            Team.Phase sum = new Team.Phase(
                    byBias == null ? 0 : 1,
                    (thread, member, part) -> biasGradient(toGradient, numbers(byBias.memory())));
            team.run(transform, multiplication, back, sum);
        });
        sources.forEach(Buffer::release);
        gradients.forEach(Buffer::release);
        products.forEach(Buffer::release);
        build.addGradient(weight, byWeight);
        if (byBias != null) {
            build.addGradient(convolution.bias(), byBias);
        }
    }

    private List<Buffer> borrow(memory.desc layout) {
        List<Buffer> groups = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            groups.add(build.borrow(layout));
        }
        return groups;
    }

    private static FloatBuffer[] buffers(List<memory> tensors) {
        return tensors.stream().map(WinogradConvolution::numbers).toArray(FloatBuffer[]::new);
    }

    /**
     * The gradient by the bias. One point of a transformed gradient is the sum over its tile; these are added up over
     * all tiles.
     */
    private static void biasGradient(TileTransform.Points transformed, FloatBuffer gradient) {
        FloatBuffer numbers = transformed.buffer(TileTransform.SUM);
        float[] sums = new float[transformed.channels()];
        float[] tile = new float[transformed.channels()];
        for (int t = 0; t < transformed.tiles(); t++) {
            numbers.get(transformed.place(TileTransform.SUM, t, 0), tile);
            for (int c = 0; c < sums.length; c++) {
                sums[c] += tile[c];
            }
        }
        gradient.put(0, sums);
    }
}
