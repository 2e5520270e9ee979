package io.hardmine.datasets;

/**
 * A kind of object. A category's place in {@link Dataset#categories()} is the class index that networks use; its id is
 * the number that files use.
 *
 * @param id number in annotation files, unique in a data set
 * @param name unique in a data set
 */
public record Category(int id, String name) {}
