"""Google Drive: asking for it is written down."""

from calls import record


def mount(mountpoint):
    record("mount", mountpoint)
