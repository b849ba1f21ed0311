# RNN_skeleton.py: generated from assignment/notebook.py. Students: fill in every `...` and keep the names.
import torch
import torch.nn as nn


class VanillaRNN(nn.Module):
    """Reads a text word by word and gives one score for each class.

        h_t = tanh(W_x x_t + W_h h_{t-1} + b_h)        new state: this word and the past, h_0 = 0
        y   = W_y h_T + b_y                            scores, from the state after the last word

    B documents, T words, E embedding_dim, H hidden_size, O output_size.
    """

    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        # W_x: E -> H, W_h: H -> H, fc: H -> O
        self.Wx = nn.Linear(embedding_dim, hidden_size)
        self.Wh = nn.Linear(hidden_size, hidden_size)
        self.fc = nn.Linear(hidden_size, output_size)
        self.tanh = nn.Tanh()

    def forward(self, x):  # (B, T) word indices -> (B, O) scores
        embedded = self.embedding(x)  # (B, T, E)
        h = torch.zeros(x.size(0), self.hidden_size, device=x.device)  # (B, H): h_0
        for t in range(x.size(1)):
            xt = embedded[:, t, :]  # x_t: the embedded word at step t of every document, (B, E)
            h = self.tanh(self.Wx(xt) + self.Wh(h))  # h_t = tanh(W_x x_t + W_h h_{t-1} + b_h)
        return self.fc(h)
