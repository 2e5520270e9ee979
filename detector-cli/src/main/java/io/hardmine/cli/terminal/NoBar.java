package io.hardmine.cli.terminal;

import me.tongfei.progressbar.ProgressBarConsumer;

/** Discards what a progress bar draws. */
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
