# Assignment 3 - GRU
import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super(GRUCell, self).__init__()
        self.hidden_size=hidden_size
        # update gate
        self.W_z=nn.Linear(input_size,hidden_size)
        self.U_z=nn.Linear(hidden_size,hidden_size)
        # reset gate
        self.W_r=nn.Linear(input_size,hidden_size)
        self.U_r=nn.Linear(hidden_size,hidden_size)
        # candidate
        self.W_h=nn.Linear(input_size,hidden_size)
        self.U_h=nn.Linear(hidden_size,hidden_size)

    def forward(self, x, h_prev):
        update=F.sigmoid(self.W_z(x)+self.U_z(h_prev))
        reset=F.sigmoid(self.W_r(x)+self.U_r(h_prev))
        past=reset*h_prev
        cand=F.tanh(self.W_h(x)+self.U_h(past))
        # print(update.shape, reset.shape, cand.shape)
        return h_prev+update*(cand-h_prev)


class GRUModel(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super(GRUModel, self).__init__()
        self.hidden_size=hidden_size
        self.embedding=nn.Embedding(vocab_size,embedding_dim)
        self.gru_cell=GRUCell(embedding_dim,hidden_size)
        self.fc=nn.Linear(hidden_size,output_size)

    def forward(self, x):
        emb=self.embedding(x)
        h=torch.zeros(x.size(0),self.hidden_size).to(x.device)
        states=[]
        for t in range(emb.size(1)):
            h=self.gru_cell(emb[:,t],h)
            states.append(h)
        return self.fc(states[-1])
