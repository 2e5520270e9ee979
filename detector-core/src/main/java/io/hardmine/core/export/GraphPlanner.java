package io.hardmine.core.export;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Normalization;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.nd4j.linalg.activations.Activation;

/** Records a network's operations as layers of a DL4J graph. */
final class GraphPlanner implements Planner {
    private static final String INPUT = "image";

    private final Shape image;
    private final ComputationGraphConfiguration.GraphBuilder builder;
    private final Map<String, LayerParameters> layers = new LinkedHashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();

    /** A vertex's result. */
    private record Vertex(String name, Shape shape) implements io.hardmine.core.kernel.Tensor {}

    GraphPlanner(Shape image) {
        this.image = image;
        builder = new NeuralNetConfiguration.Builder()
                .convolutionMode(ConvolutionMode.Truncate)
                .graphBuilder()
                .addInputs(INPUT)
                .setInputTypes(InputType.convolutional(image.height(), image.width(), image.channels()));
    }

    /** The configuration of the graph. Each output goes through an identity layer, which has the given name. */
    ComputationGraphConfiguration configuration(List<io.hardmine.core.kernel.Tensor> outputs, String[] names) {
        for (int i = 0; i < names.length; i++) {
            builder.addLayer(names[i], activation(Activation.IDENTITY), name(outputs.get(i)));
        }
        return builder.setOutputs(names).build();
    }

    /** Layers with parameters. */
    Map<String, LayerParameters> layers() {
        return layers;
    }

    @Override
    public io.hardmine.core.kernel.Tensor image() {
        return new Vertex(INPUT, image);
    }

    @Override
    public io.hardmine.core.kernel.Tensor convolution(
            io.hardmine.core.kernel.Tensor in, Convolution convolution, Fusion fusion) {
        int border = convolution.kernel() / 2;
        String name = unused(stem(convolution.weight()));
        builder.addLayer(
                name,
                new ConvolutionLayer.Builder(convolution.kernel(), convolution.kernel())
                        .stride(convolution.stride(), convolution.stride())
                        .padding(border, border)
                        .nOut(convolution.filters())
                        .hasBias(convolution.bias() != null)
                        .activation(fusion == Fusion.RELU ? Activation.RELU : Activation.IDENTITY)
                        .build(),
                name(in));
        Map<String, Parameter> held = new LinkedHashMap<>();
        held.put("W", convolution.weight());
        if (convolution.bias() != null) {
            held.put("b", convolution.bias());
        }
        layers.put(name, new LayerParameters(held));
        return new Vertex(name, in.shape().strided(convolution.stride(), convolution.filters()));
    }

    @Override
    public io.hardmine.core.kernel.Tensor normalize(
            io.hardmine.core.kernel.Tensor in, Normalization normalization, Fusion fusion) {
        String name = unused(stem(normalization.scale()));
        builder.addLayer(
                name,
                new BatchNormalization.Builder()
                        .eps(Normalization.EPSILON)
                        .decay(1 - Normalization.MOMENTUM)
                        .useLogStd(false)
                        .build(),
                name(in));
        Map<String, Parameter> held = new LinkedHashMap<>();
        held.put("gamma", normalization.scale());
        held.put("beta", normalization.shift());
        held.put("mean", normalization.mean());
        held.put("var", normalization.variance());
        layers.put(name, new LayerParameters(held));
        Vertex normalized = new Vertex(name, in.shape());
        // DL4J's layer accepts an activation but does not apply it
        return fusion == Fusion.RELU ? relu(normalized) : normalized;
    }

    @Override
    public io.hardmine.core.kernel.Tensor add(
            io.hardmine.core.kernel.Tensor a, io.hardmine.core.kernel.Tensor b, Fusion fusion) {
        String sum = unused("sum");
        builder.addVertex(sum, new ElementWiseVertex(ElementWiseVertex.Op.Add), name(a), name(b));
        Vertex added = new Vertex(sum, a.shape());
        return fusion == Fusion.RELU ? relu(added) : added;
    }

    @Override
    public io.hardmine.core.kernel.Tensor relu(io.hardmine.core.kernel.Tensor in) {
        return layer("relu", activation(Activation.RELU), in, in.shape());
    }

    @Override
    public io.hardmine.core.kernel.Tensor maxPool(io.hardmine.core.kernel.Tensor in) {
        Layer pooling = new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .build();
        return layer("pool", pooling, in, in.shape().strided(2, in.shape().channels()));
    }

    @Override
    public io.hardmine.core.kernel.Tensor upsample(io.hardmine.core.kernel.Tensor in, int height, int width) {
        Shape cut = in.shape().upsampled(height, width);
        Shape doubled = in.shape().doubled();
        var upsampled = layer("upsampling", new Upsampling2D.Builder(2).build(), in, doubled);
        int bottom = doubled.height() - height;
        int right = doubled.width() - width;
        if (bottom == 0 && right == 0) {
            return upsampled;
        }
        return layer("cut", new Cropping2D.Builder(0, bottom, 0, right).build(), upsampled, cut);
    }

    private Vertex layer(String kind, Layer layer, io.hardmine.core.kernel.Tensor in, Shape result) {
        String name = unused(kind);
        builder.addLayer(name, layer, name(in));
        return new Vertex(name, result);
    }

    private static ActivationLayer activation(Activation function) {
        return new ActivationLayer.Builder().activation(function).build();
    }

    private static String name(io.hardmine.core.kernel.Tensor activation) {
        return ((Vertex) activation).name();
    }

    /** A module's name: the parameter's name without its last part. */
    private static String stem(Parameter parameter) {
        return parameter.name().substring(0, parameter.name().lastIndexOf('.'));
    }

    private String unused(String name) {
        int use = uses.merge(name, 1, Integer::sum);
        return use == 1 ? name : name + "#" + use;
    }
}
