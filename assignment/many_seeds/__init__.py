"""The recipe trained with many seeds at once: for instructors, who want distributions and not one run's luck.

All tensors have the seeds in front.  K seeds, B documents of a batch, T steps, E embedding, H hidden, O classes,
V words that are known, U distinct words of a batch.  A sequence is kept step by step: (T, K, B, H).
"""
