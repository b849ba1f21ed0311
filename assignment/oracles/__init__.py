"""Oracles: implementations that nobody here wrote, and the reference beside them.  For instructors only.

drawn            random weights, texts and a state to start from
implementations  torch's, ONNX's and Keras's recurrent layers on the handout's weights
keras_process    Keras, in a process of its own
reference        the solution's classes and the equations, on the same weights
comparisons      one beside the other: the claim that `prove` tries
"""
