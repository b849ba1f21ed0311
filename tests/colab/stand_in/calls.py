"""Writes down what the notebook asked of Colab: one JSON list a line, in the file that COLAB_CALLS names."""

import json
import os


def record(name, *arguments):
    with open(os.environ["COLAB_CALLS"], "a", encoding="utf-8") as calls:
        calls.write(json.dumps([name, *arguments]) + "\n")
