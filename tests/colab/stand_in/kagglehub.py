"""Kaggle's client without a network: it gives the folder that KAGGLE names, if any."""

import os

from calls import record


def dataset_download(handle):
    record("dataset_download", handle)
    if not os.environ.get("KAGGLE"):
        raise ConnectionError("there is no network here")
    return os.environ["KAGGLE"]
