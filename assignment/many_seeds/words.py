"""The distinct words of a batch: a word that occurs twenty times goes through the input layers once."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F


@dataclass(frozen=True)
class DistinctWords:
    """Each seed's distinct words, in U places for each; a seed with fewer leaves its last places unused.

    rows     (K U,): the rows of the embeddings (K V, E) that stand in the places; row 0 of a seed in unused ones
    places   (T K B,): the place of each token, step by step
    known    (M,): the places that are used;  `rows[known]` are all different
    """

    rows: torch.Tensor
    places: torch.Tensor
    known: torch.Tensor

    @classmethod
    def of(cls, tokens, vocabulary):
        """The distinct words of tokens (K, B, T), int64, each below `vocabulary`."""
        K = len(tokens)
        flat = tokens.flatten(1)
        seen = torch.zeros(K, vocabulary, dtype=torch.bool, device=tokens.device).scatter_(1, flat, True)
        place = seen.cumsum(1) - 1  # of each word among its seed's, (K, V)
        U = int(place[:, -1].max()) + 1
        seed, word = seen.nonzero(as_tuple=True)
        seeds = torch.arange(K, device=tokens.device)
        known = seed * U + place[seed, word]
        rows = (seeds * vocabulary).repeat_interleave(U)
        rows[known] = seed * vocabulary + word
        places = place.gather(1, flat).view(tokens.shape) + (seeds * U)[:, None, None]
        return cls(rows, places.permute(2, 0, 1).flatten(), known)

    def of_tokens(self, table, out):
        """Spread a table (K U, G) over the tokens: into `out` (T, K, B, G)."""
        torch.index_select(table, 0, self.places, out=out.view(-1, table.shape[1]))

    def of_words(self, gradients):
        """The sum of gradients (T, K, B, G) over each word's tokens: (K U, G)."""
        return torch.ops.aten.embedding_dense_backward(
            gradients.view(-1, gradients.shape[-1]), self.places, len(self.rows), -1, False
        )

    def embedded(self, embedding):
        """The words' rows of embeddings (K, V, E): (K, U, E)."""
        return F.embedding(self.rows, embedding.flatten(0, 1)).view(len(embedding), -1, embedding.shape[2])
