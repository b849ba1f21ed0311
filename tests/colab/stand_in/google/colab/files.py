"""The browser's side of files: no file is chosen, and a download is written down."""

from calls import record


def upload():
    record("upload")
    return {}  # as when the student cancels


def download(filename):
    record("download", filename)
