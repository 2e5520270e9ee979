package io.hardmine.core.training;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a field of the settings to users. The settings' constructor checks the {@link #range} that users read. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What the field does, in one line. */
    String value();

    /**
     * Interval of valid numbers, in the notation of {@link SettingRange#parse}; empty if every value of the type is
     * valid.
     */
    String range() default "";

    /** Whether the default follows from the training data. */
    boolean fromData() default false;
}
