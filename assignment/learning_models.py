"""The models of the study of *.learns: the right one in several forms, and the mistakes that students make in it.

Each is the right module of the sample class with a few replacements in its text.  RIGHT are asked to learn: they are
right, or their mistake keeps no model from learning.  BROKEN are asked not to.  What is in neither is only looked at.
"""

from pathlib import Path

ALL_RIGHT = Path(__file__).resolve().parent / "cases" / "all-right"

ONE_LAYER_RNN = {
    "self.Wx = nn.Linear(embedding_dim, hidden_size)": "self.W = nn.Linear(embedding_dim + hidden_size, hidden_size)",
    "        self.Wh = nn.Linear(hidden_size, hidden_size)\n": "",
    "self.Wx(xt) + self.Wh(h)": "self.W(torch.cat([xt, h], dim=1))",
}
ONE_BIAS = {"nn.Linear(hidden_size, hidden_size)": "nn.Linear(hidden_size, hidden_size, bias=False)"}


def without_bias(words):
    """No bias on either side: `words` is the name of the words' size there."""
    layer = f"nn.Linear({words}, hidden_size"
    return ONE_BIAS | {f"{layer})": f"{layer}, bias=False)"}


RANDOM_START = {"torch.zeros(x.size(0), self.hidden_size": "torch.randn(x.size(0), self.hidden_size"}
RNN_STATE = "self.tanh(self.Wx(xt) + self.Wh(h))"
GRU_STATE = "self.gru_cell(embedded[:, t, :], h_t)"
ZEROS = "torch.zeros(x.size(0), self.hidden_size, device=x.device)"

RNN = {
    "right": {},
    "right, one bias": ONE_BIAS,
    "right, no bias": without_bias("embedding_dim"),
    "right, tanh on y": {"return self.fc(h)": "return self.tanh(self.fc(h))"},
    "right, one layer over [x, h]": ONE_LAYER_RNN,
    "right, log-softmax": {"return self.fc(h)": "return self.fc(h).log_softmax(dim=1)"},
    "state added on top": {RNN_STATE: f"h + {RNN_STATE}"},
    "state not carried": {"self.Wh(h))": "self.Wh(torch.zeros_like(h)))"},
    "gradient cut": {"self.Wh(h))": "self.Wh(h.detach()))"},
    "random start": RANDOM_START,
    "uniform random start": {"torch.zeros(x.size(0), self.hidden_size": "torch.rand(x.size(0), self.hidden_size"},
    "last word every time": {"embedded[:, t, :]": "embedded[:, -1, :]"},
    "first word skipped": {"range(x.size(1))": "range(1, x.size(1))"},
    "state kept between batches": {
        f"h = {ZEROS}": f"h = self.kept if len(getattr(self, 'kept', ())) == len(x) else {ZEROS}",
        "return self.fc(h)": "self.kept = h.detach()\n        return self.fc(h)",
    },
    "sigmoid for tanh": {"h = self.tanh(": "h = torch.sigmoid("},
    "ReLU for tanh": {"h = self.tanh(": "h = torch.relu("},
    "no activation": {"h = self.tanh(": "h = ("},
    "mean over time": {
        f"h = {ZEROS}": f"h, total = {ZEROS}, 0",
        "        return self.fc(h)": "            total = total + h\n        return self.fc(total / x.size(1))",
    },
    "first state for last": {
        "        return self.fc(h)": "            first = h if t == 0 else first\n        return self.fc(first)"
    },
    "first word every time": {"embedded[:, t, :]": "embedded[:, 0, :]"},
    "softmax before loss": {"return self.fc(h)": "return self.fc(h).softmax(dim=1)"},
}  # fmt: skip

GRU = {
    "right": {},
    "right, one bias": ONE_BIAS,
    "right, no bias": without_bias("input_size"),
    "right, tanh on y": {"return self.fc(h_t)": "return torch.tanh(self.fc(h_t))"},
    "right, log-softmax": {"return self.fc(h_t)": "return self.fc(h_t).log_softmax(dim=1)"},
    "mix swapped": {"(1 - z_t) * h_prev + z_t * h_tilde": "z_t * h_prev + (1 - z_t) * h_tilde"},
    "reset ignored": {"self.U_h(r_t * h_prev)": "self.U_h(h_prev)"},
    "reset after matmul": {"self.U_h(r_t * h_prev)": "r_t * self.U_h(h_prev)"},
    "state not carried": {GRU_STATE: "self.gru_cell(embedded[:, t, :], torch.zeros_like(h_t))"},
    "gradient cut": {GRU_STATE: "self.gru_cell(embedded[:, t, :], h_t.detach())"},
    "random start": RANDOM_START,
    "last word every time": {"embedded[:, t, :]": "embedded[:, -1, :]"},
    "first word skipped": {"range(x.size(1))": "range(1, x.size(1))"},
    "uniform random start": {"torch.zeros(x.size(0), self.hidden_size": "torch.rand(x.size(0), self.hidden_size"},
    "state kept between batches": {
        f"h_t = {ZEROS}": f"h_t = self.kept if len(getattr(self, 'kept', ())) == len(x) else {ZEROS}",
        "return self.fc(h_t)": "self.kept = h_t.detach()\n        return self.fc(h_t)",
    },
    "candidate only": {"(1 - z_t) * h_prev + z_t * h_tilde": "h_tilde"},
    "past never forgotten": {"(1 - z_t) * h_prev + z_t * h_tilde": "h_prev + z_t * h_tilde"},
    "sigmoid for tanh": {"h_tilde = torch.tanh(": "h_tilde = torch.sigmoid("},
    "gradient cut in the candidate": {"self.U_h(r_t * h_prev)": "self.U_h(r_t * h_prev.detach())"},
    "softmax before loss": {"return self.fc(h_t)": "return self.fc(h_t).softmax(dim=1)"},
}  # fmt: skip

MODELS = {"VanillaRNN": RNN, "GRUModel": GRU}
RIGHT = {
    "VanillaRNN": ["right", "right, one bias", "right, no bias", "right, tanh on y", "right, one layer over [x, h]",
                   "right, log-softmax"],
    "GRUModel": ["right", "right, one bias", "right, no bias", "right, tanh on y", "right, log-softmax"],
}  # fmt: skip
BROKEN = {name: ["state not carried", "gradient cut", "random start"] for name in MODELS}
FILES = {"VanillaRNN": "RNN_skeleton.py", "GRUModel": "GRU_skeleton.py"}


def source(class_name, kind):
    """The module's text of one kind of model.  Raises ValueError where a replacement finds nothing to replace."""
    text = (ALL_RIGHT / FILES[class_name]).read_text(encoding="utf-8")
    for old, new in MODELS[class_name][kind].items():
        if old not in text:
            raise ValueError(f"{class_name}, {kind}: {old!r} is not in {FILES[class_name]}; change the replacement")
        text = text.replace(old, new)
    return text
