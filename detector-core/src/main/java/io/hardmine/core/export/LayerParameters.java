package io.hardmine.core.export;

import io.hardmine.core.kernel.Parameter;
import java.util.Map;

/**
 * The parameters of one DL4J layer.
 *
 * @param byDl4jName by the name that DL4J gives them: W, b, gamma, beta, mean, var
 */
record LayerParameters(Map<String, Parameter> byDl4jName) {}
