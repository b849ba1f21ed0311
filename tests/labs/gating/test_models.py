"""Both networks as the solution has them: sizes as published, the GRU beside torch's, padding without a say."""

import pytest
import torch
import torch.nn as nn

from labs.gating.training import describe_size

INPUT, HIDDEN, OUTPUT = 6, 5, 2
LENGTHS = torch.tensor([4, 7, 1])


def torch_weights(layer):
    """The weights of one layer of nn.GRU under the names of a GRUCell."""
    found = {"W.weight": f"weight_ih_l{layer}", "W.bias": f"bias_ih_l{layer}"}
    return found | {"U.weight": f"weight_hh_l{layer}", "U.bias": f"bias_hh_l{layer}"}


@pytest.fixture
def oracle():
    torch.manual_seed(1)
    return nn.GRU(INPUT, HIDDEN, num_layers=2, batch_first=True)


@pytest.fixture
def gru(classes, oracle):
    """The hand-written network with the oracle's weights."""
    net = classes["GRUNet"](INPUT, HIDDEN, OUTPUT, num_layers=2)
    given = dict(oracle.named_parameters())
    for layer, cell in enumerate(net.cells):
        cell.load_state_dict({own: given[theirs] for own, theirs in torch_weights(layer).items()})
    return net


@pytest.fixture
def x():
    torch.manual_seed(2)
    return torch.randn(3, 7, INPUT)


def test_sizes_are_those_of_the_homework(classes):
    assert describe_size(classes["GRUNet"](300, 100, 2, num_layers=2)) == (10, 181_402)
    assert describe_size(classes["pmGRU"](300, 100, 2, batch_size=1)) == (8, 80_604)


def test_the_gru_is_torch_s_in_states_and_gradients(gru, oracle, x):
    states = x
    for cell in gru.cells:
        states = gru.read(cell, states)
    right, _ = oracle(x)
    torch.testing.assert_close(states, right)
    states.square().sum().backward()
    right.square().sum().backward()
    for layer, cell in enumerate(gru.cells):
        for own, theirs in torch_weights(layer).items():
            torch.testing.assert_close(cell.get_parameter(own).grad, getattr(oracle, theirs).grad)


def test_a_batch_gives_what_torch_gives_for_packed_sequences(gru, oracle, x):
    packed = nn.utils.rnn.pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
    _, last = oracle(packed)
    right = nn.functional.log_softmax(gru.fc(last[-1].relu()), dim=1)
    torch.testing.assert_close(gru(x, LENGTHS), right)


def published_pmgru(net, review):
    """The homework's loop over one review (T, INPUT), with the two activations that its equations have."""
    h = torch.zeros(1, HIDDEN)
    for word in review:
        f = torch.sigmoid(net.cell.W_f(torch.cat((word[None], h), -1)))
        new = torch.tanh(net.cell.W_h(torch.cat((word[None], f * h), -1)))
        h = (1 - f) * h + f * new
        output = nn.functional.log_softmax(net.fc(h.relu()), dim=1)
    return output


@pytest.mark.parametrize("number", range(3))
def test_a_batch_gives_what_the_homework_s_loop_gives_for_each_review(classes, x, number):
    torch.manual_seed(3)
    net = classes["pmGRU"](INPUT, HIDDEN, OUTPUT, batch_size=1)
    together = net(x, LENGTHS)[number : number + 1]
    torch.testing.assert_close(together, published_pmgru(net, x[number, : LENGTHS[number]]))


@pytest.mark.parametrize("name", ["GRUNet", "pmGRU"])
def test_what_is_padded_changes_no_answer_and_gets_no_gradient(classes, x, name):
    torch.manual_seed(4)
    net = classes[name](INPUT, HIDDEN, OUTPUT)
    other = x.clone()
    other[0, 4:], other[2, 1:] = 9.0, -9.0
    x.requires_grad_()
    output = net(x, LENGTHS)
    torch.testing.assert_close(output, net(other, LENGTHS))
    output.sum().backward()
    assert x.grad[0, 4:].abs().sum() == x.grad[2, 1:].abs().sum() == 0


def test_the_minimal_unit_is_one_gate_seen_twice(classes):
    torch.manual_seed(5)
    cell = classes["MinimalGatedCell"](INPUT, HIDDEN)
    x, h = torch.randn(2, INPUT), torch.rand(2, HIDDEN)
    with torch.no_grad():
        cell.W_f.weight.zero_()
        cell.W_f.bias.fill_(-50.0)
        torch.testing.assert_close(cell(x, h), h)  # closed: the past stays
        cell.W_f.bias.fill_(50.0)
        torch.testing.assert_close(cell(x, h), torch.tanh(cell.W_h(torch.cat((x, h), 1))))  # open: all new
