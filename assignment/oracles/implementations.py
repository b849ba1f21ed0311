"""torch's, ONNX's and Keras's recurrent layers, given a case's weights: its states (B, T, H), one after each word.

Where a convention differs from the handout's, the weights are rewritten so that the two are the same function:

    which gate comes first   ONNX and Keras stack z, r, h; torch stacks r, z, h
    what z weighs            all three weigh the past.  1 - sigmoid(a) = sigmoid(-a), so W_z and U_z are negated
    where r acts             ONNX and Keras can have it before U_h; torch.nn.GRU cannot
    weights turned           Keras computes x W, with a matrix (in, out); the others x W^T, with (out, in)
    how many biases          Keras has one for both layers of an equation where r acts before U_h; the others two

A course that has set another form of the GRU gets the same rewriting for its own form.
"""

import numpy as np
import torch

from assignment.convention import RESET_ACTS_AFTER, UPDATE_WEIGHS_PAST

IN_ONNX = IN_KERAS = "zrh"
IN_TORCH = "rzh"
OPERATORS = 22  # the version of ONNX's operators


def turned(case):
    """The case with W_z and U_z negated: its gate weighs what the other one left."""
    negated = {name: tuple(-part for part in case.layers[name]) for name in ("W_z", "U_z")}
    return case.with_layers(case.layers | negated)


def weighing_the_past(case):
    """The case rewritten so that z weighs the past, as all the oracles have it."""
    return case if UPDATE_WEIGHS_PAST else turned(case)


def stacked(case, letter, gates):
    """(weight (3H, in), bias (3H)) of the layers W or U of a GRU, in the order of `gates`."""
    parts = [case.layers[f"{letter}_{gate}"] for gate in gates]
    return tuple(np.concatenate(kind) for kind in zip(*parts, strict=True))


# torch


def torch_states(layer, case, words, state):
    """The states of a layer of torch.nn that has been given (weight, bias) for the word and for the state."""
    arrays = {"weight_ih_l0": words[0], "bias_ih_l0": words[1], "weight_hh_l0": state[0], "bias_hh_l0": state[1]}
    layer = layer.double()
    layer.load_state_dict({name: torch.as_tensor(array) for name, array in arrays.items()})
    inputs = [torch.tensor(array, requires_grad=True) for array in (case.embedded, case.start)]
    states, _ = layer(inputs[0], inputs[1][None])
    return states, inputs


def layer_for(kind, case):
    return kind(case.embedded.shape[2], case.start.shape[1], batch_first=True)


def torch_rnn(case):
    """torch.nn.RNN: the handout's equation, with W_x and W_h called ih and hh.  States, and the inputs as tensors."""
    return torch_states(layer_for(torch.nn.RNN, case), case, case.layers["Wx"], case.layers["Wh"])


def torch_rnn_states(case, _):
    return torch_rnn(case)[0].detach().numpy()


def torch_rnn_gradients(case, probe, _):
    states, inputs = torch_rnn(case)
    return [found.numpy() for found in torch.autograd.grad((states * torch.as_tensor(probe)).sum(), inputs)]


def torch_gru_states(case, _):
    """torch.nn.GRU: r acts after U_h, whatever is asked of it."""
    case = weighing_the_past(case)
    words, state = stacked(case, "W", IN_TORCH), stacked(case, "U", IN_TORCH)
    return torch_states(layer_for(torch.nn.GRU, case), case, words, state)[0].detach().numpy()


# ONNX


def onnx_states(operator, case, words, state, **attributes):
    """What ONNX's own reference evaluator makes of one recurrent operator: steps come first there."""
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    arrays = {
        "X": case.embedded.transpose(1, 0, 2),  # (T, B, E)
        "W": words[0][None],  # (directions, gates H, E)
        "R": state[0][None],
        "B": np.concatenate([words[1], state[1]])[None],
        "initial_h": case.start[None],
    }
    inputs = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, array.shape) for name, array in arrays.items()]
    steps, batch, hidden = case.embedded.shape[1], *case.start.shape
    output = helper.make_tensor_value_info("Y", TensorProto.DOUBLE, (steps, 1, batch, hidden))
    names = ["X", "W", "R", "B", "", "initial_h"]  # the empty one: lengths, where texts have several
    node = helper.make_node(operator, names, ["Y"], hidden_size=hidden, **attributes)
    graph = helper.make_graph([node], operator, inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPERATORS)])
    (states,) = ReferenceEvaluator(model).run(None, arrays)
    return states[:, 0].transpose(1, 0, 2)


def onnx_rnn_states(case, _):
    """The operator RNN, whose activation is tanh unless another one is asked for."""
    return onnx_states("RNN", case, case.layers["Wx"], case.layers["Wh"])


def onnx_gru_states(case, _, reset_after=RESET_ACTS_AFTER, rewritten=weighing_the_past):
    """The operator GRU: linear_before_reset=0 has r before U_h."""
    case = rewritten(case)
    words, state = stacked(case, "W", IN_ONNX), stacked(case, "U", IN_ONNX)
    return onnx_states("GRU", case, words, state, linear_before_reset=int(reset_after))


# Keras: arrays go to its process and come back


def keras_rnn_weights(case):
    """kernel (E, H), recurrent kernel (H, H) and one bias for both, as SimpleRNN has them."""
    (words, word_bias), (state, state_bias) = case.layers["Wx"], case.layers["Wh"]
    return [words.T, state.T, word_bias + state_bias]


def keras_gru_weights(case, reset_after):
    """kernel (E, 3H), recurrent kernel (H, 3H), and the bias: one for both layers where r acts before U_h."""
    (words, word_bias), (state, state_bias) = stacked(case, "W", IN_KERAS), stacked(case, "U", IN_KERAS)
    return [words.T, state.T, np.stack([word_bias, state_bias]) if reset_after else word_bias + state_bias]


def keras_rnn_states(case, keras):
    return keras.states("SimpleRNN", {}, keras_rnn_weights(case), case.embedded, case.start)


def keras_gru_states(case, keras, reset_after=RESET_ACTS_AFTER, rewritten=weighing_the_past):
    weights = keras_gru_weights(rewritten(case), reset_after)
    return keras.states("GRU", {"reset_after": reset_after}, weights, case.embedded, case.start)


def keras_gru_gradients(case, probe, keras):
    """Those of torch's autograd through Keras's own steps."""
    weights = keras_gru_weights(weighing_the_past(case), RESET_ACTS_AFTER)
    return keras.gradients("GRU", {"reset_after": RESET_ACTS_AFTER}, weights, case.embedded, case.start, probe)
