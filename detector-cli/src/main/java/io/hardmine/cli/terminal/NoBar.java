package io.hardmine.cli.terminal;

import me.tongfei.progressbar.ProgressBarConsumer;

/** A place for progress bars that shows nothing. */
final class NoBar implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
        return 80;
    }

    @Override
    public void accept(String rendered) {}

    @Override
    public void close() {}
}
