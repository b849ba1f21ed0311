"""A stand-in for Colab's own package: it only writes down what it was asked."""
