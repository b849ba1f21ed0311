"""What a conventional instructor asserts, item by item: shapes, and values against a reference.

Each function is copied as it stands into a test cell of the notebooks that nbgrader and otter mark (notebooks.py), so
each stands alone, needs `torch` and `nn` only, and has no empty line (otter makes a doctest of it).
"""

import torch
from torch import nn


def rnn_layers(VanillaRNN):
    model = VanillaRNN(50, 3, 4, 5)
    assert tuple(model.Wx.weight.shape) == (4, 3), "Wx has the wrong size"
    assert tuple(model.Wh.weight.shape) == (4, 4), "Wh has the wrong size"
    assert tuple(model.fc.weight.shape) == (5, 4), "fc has the wrong size"


def rnn_step_input(VanillaRNN):
    torch.manual_seed(1)
    model, x = VanillaRNN(50, 3, 4, 5), torch.randint(0, 50, (2, 1))
    with torch.no_grad():
        y = model.fc(torch.tanh(model.Wx(model.embedding(x)[:, 0]) + model.Wh(torch.zeros(2, 4))))
        output = model(x)
    assert any(torch.allclose(output, right, atol=1e-5) for right in (y, torch.tanh(y))), "one word is read wrongly"


def rnn_hidden_update(VanillaRNN):
    torch.manual_seed(2)
    model, x = VanillaRNN(50, 3, 4, 5), torch.randint(0, 50, (2, 2))
    with torch.no_grad():
        h = torch.zeros(2, 4)
        for t in range(2):
            h = torch.tanh(model.Wx(model.embedding(x)[:, t]) + model.Wh(h))
        y, output = model.fc(h), model(x)
    assert any(torch.allclose(output, right, atol=1e-5) for right in (y, torch.tanh(y))), "the new state is wrong"


def rnn_model(VanillaRNN):
    torch.manual_seed(3)
    model, x = VanillaRNN(50, 3, 4, 5), torch.randint(0, 50, (2, 6))
    with torch.no_grad():
        h = torch.zeros(2, 4)
        for t in range(6):
            h = torch.tanh(model.Wx(model.embedding(x)[:, t]) + model.Wh(h))
        y, output = model.fc(h), model(x)
    assert tuple(output.shape) == (2, 5), "the output has the wrong shape"
    assert any(torch.allclose(output, right, atol=1e-5) for right in (y, torch.tanh(y))), "the output is wrong"


def gru_layers(GRUCell):
    cell = GRUCell(3, 4)
    for name in ("W_z", "W_r", "W_h"):
        assert tuple(getattr(cell, name).weight.shape) == (4, 3), f"{name} has the wrong size"
    for name in ("U_z", "U_r", "U_h"):
        assert tuple(getattr(cell, name).weight.shape) == (4, 4), f"{name} has the wrong size"


def gru_update_gate(GRUCell):
    torch.manual_seed(4)
    cell, x, h = GRUCell(3, 4), torch.randn(2, 3), torch.randn(2, 4)
    with torch.no_grad():
        for parameter in (*cell.W_h.parameters(), *cell.U_h.parameters()):
            parameter.zero_()
        z = torch.sigmoid(cell.W_z(x) + cell.U_z(h))
        assert torch.allclose(cell(x, h), (1 - z) * h, atol=1e-5), "the update gate is wrong"


def gru_reset_gate(GRUCell):
    torch.manual_seed(5)
    cell, x, h = GRUCell(3, 4), torch.randn(2, 3), torch.randn(2, 4)
    with torch.no_grad():
        for layer in (cell.W_z, cell.U_z, cell.W_h, cell.U_h):
            for parameter in layer.parameters():
                parameter.zero_()
        cell.U_h.weight.copy_(torch.eye(4))
        r = torch.sigmoid(cell.W_r(x) + cell.U_r(h))
        assert torch.allclose(cell(x, h), h / 2 + torch.tanh(r * h) / 2, atol=1e-5), "the reset gate is wrong"


def gru_candidate(GRUCell):
    torch.manual_seed(6)
    cell, x, h = GRUCell(3, 4), torch.randn(2, 3), torch.randn(2, 4)
    with torch.no_grad():
        cell.W_z.bias.fill_(100.0)
        r = torch.sigmoid(cell.W_r(x) + cell.U_r(h))
        candidate = torch.tanh(cell.W_h(x) + cell.U_h(r * h))
        assert torch.allclose(cell(x, h), candidate, atol=1e-5), "the candidate is wrong"


def gru_new_state(GRUCell):
    torch.manual_seed(7)
    cell, x, h = GRUCell(3, 4), torch.randn(2, 3), torch.randn(2, 4)
    with torch.no_grad():
        z = torch.sigmoid(cell.W_z(x) + cell.U_z(h))
        r = torch.sigmoid(cell.W_r(x) + cell.U_r(h))
        candidate = torch.tanh(cell.W_h(x) + cell.U_h(r * h))
        new_state = cell(x, h)
    assert tuple(new_state.shape) == (2, 4), "the new state has the wrong shape"
    assert torch.allclose(new_state, (1 - z) * h + z * candidate, atol=1e-5), "the new state is wrong"


def gru_unroll(GRUModel):
    torch.manual_seed(8)
    model, x = GRUModel(50, 3, 4, 5), torch.randint(0, 50, (2, 6))
    with torch.no_grad():
        h = torch.zeros(2, 4)
        for t in range(6):
            h = model.gru_cell(model.embedding(x)[:, t], h)
        y, output = model.fc(h), model(x)
    assert tuple(output.shape) == (2, 5), "the output has the wrong shape"
    assert any(torch.allclose(output, right, atol=1e-5) for right in (y, torch.tanh(y))), "the output is wrong"


def learns(Model, words, scale, length, embedding, hidden, classes, steps, batch, rate, held_back, threshold):
    torch.manual_seed(1)
    model = Model(words, embedding, hidden, classes)
    nn.init.normal_(model.embedding.weight, std=scale)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    for _ in range(steps):
        x = torch.randint(0, words, (batch, length))
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), x[:, 0] % classes).backward()
        optimizer.step()
    x = torch.randint(0, words, (held_back, length))
    with torch.no_grad():
        right = (model(x).argmax(dim=1) == x[:, 0] % classes).sum().item()
    assert right >= threshold, f"{right} of {held_back} texts are classified rightly after training"
