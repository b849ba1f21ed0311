# Assignment 3 - vanilla RNN
import torch
import torch.nn as nn


class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super(VanillaRNN, self).__init__()
        self.hidden_size=hidden_size
        self.embedding=nn.Embedding(vocab_size,embedding_dim)
        self.Wx=nn.Linear(embedding_dim,hidden_size)
        self.Wh=nn.Linear(hidden_size,hidden_size)
        self.fc=nn.Linear(hidden_size,output_size)
        self.tanh=nn.Tanh()

    def init_hidden(self, batch_size, device):
        return torch.zeros(batch_size,self.hidden_size).to(device)

    def forward(self, x):
        batch_size, seq_len = x.shape
        hidden=self.init_hidden(batch_size, x.device)
        emb=self.embedding(x)
        # one word at a time
        for word in emb.permute(1, 0, 2):
            hidden=torch.tanh(self.Wx(word)+self.Wh(hidden))
        out=self.fc(hidden)
        return out
