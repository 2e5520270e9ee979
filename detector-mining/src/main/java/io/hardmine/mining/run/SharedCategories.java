package io.hardmine.mining.run;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Maps the categories of a model to the categories of a data set that have the same name.
 *
 * @param toData from the model's class indices to the data's
 * @param warnings one sentence for each category that only one of the two has
 */
public record SharedCategories(Map<Integer, Integer> toData, List<String> warnings) {
    /** Copies the collections. */
    public SharedCategories {
        toData = Map.copyOf(toData);
        warnings = List.copyOf(warnings);
    }

    /**
     * The categories that both have.
     *
     * @throws DataException if there are none
     */
    public static SharedCategories of(List<Category> ofModel, Dataset truth) {
        List<String> names = truth.categoryNames();
        List<String> warnings = new ArrayList<>();
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.putIfAbsent(names.get(i), i);
        }
        Map<Integer, Integer> indices = new HashMap<>();
        for (int i = 0; i < ofModel.size(); i++) {
            Integer there = byName.get(ofModel.get(i).name());
            if (there != null) {
                indices.put(i, there);
            } else {
                warnings.add("the data has no category '%s'; what the model finds of it does not count"
                        .formatted(ofModel.get(i).name()));
            }
        }
        if (indices.isEmpty()) {
            throw new DataException("the model finds %s, the data has %s: there is nothing to compare"
                    .formatted(ofModel.stream().map(Category::name).toList(), names));
        }
        Set<Integer> known = new HashSet<>(indices.values());
        for (int i = 0; i < names.size(); i++) {
            if (!known.contains(i)) {
                warnings.add("the model does not know the data's category '%s'".formatted(names.get(i)));
            }
        }
        return new SharedCategories(indices, warnings);
    }

    /** The picture with the model's class indices; objects of categories that the model does not know are ignored. */
    public Picture forModel(Picture picture) {
        Map<Integer, Integer> toModel =
                toData.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        return picture.withAnnotations(picture.annotations().stream()
                .map(a -> toModel.containsKey(a.category())
                        ? new Annotation(
                                a.box(), toModel.get(a.category()), a.area(), a.crowd(), a.ignore(), a.difficult())
                        : a.asIgnored())
                .toList());
    }
}
