package io.hardmine.core.training;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Explains a field of the settings to users. The constructor of the settings checks the same range that users read. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What the field does, in one line. */
    String value();

    /** Interval of the numbers that it takes, as {@link SettingRange#parse} reads it; empty if its type says it all. */
    String range() default "";

    /** Whether the default follows from the training data. */
    boolean fromData() default false;
}
