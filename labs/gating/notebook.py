# %% [markdown] id="title"
# <!-- generated from labs/gating/notebook.py; do not edit -->
# # Gating: a GRU against a minimal gated unit
#
# A GRU has two gates. Is one enough? You will write both kinds of cell by hand, let them read product reviews of
# any length, word by word, and find out whether the difference between them is real.
#
# **What you do.** Every blank is a `...` with its equation beside it. Fill it in, run the cell, then run the check
# below it. Hand in `GRUNet_skeleton.py` and `pmGRU_skeleton.py`; the last cell writes them for you.
#
# | part | what | your blanks |
# | --- | --- | --- |
# | 1 | the reviews, and how words become vectors | none |
# | 2 | the GRU, as `torch.nn.GRU` has it | five lines |
# | 3 | the minimal gated unit | four lines |
# | 4 | the two side by side | none, but questions |

# %% id="setup"
import importlib.util
from dataclasses import replace

import torch

if importlib.util.find_spec("gensim") is None:  # as on Colab
    get_ipython().run_line_magic("pip", "install --quiet gensim==4.4.0")
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
if device.type == "cpu":
    torch.set_num_threads(1)  # these matrices are so small that two threads get in each other's way

# %% id="settings" tags=["parameters"]
SEED = 0  # of the first weights, and of the order in which reviews are read
GRU_EPOCHS = 5  # as in the homework
MGU_EPOCHS = 5
HIDDEN_SIZE = 100
REVIEWS = 200  # the number in the names of the homework's archives: 3, 40 or 200
CHECKPOINTS = "checkpoints"  # where training is saved

# %% [markdown] id="data-text"
# ## 1. The reviews
#
# Amazon's customers wrote them, in 25 categories, and each liked the product or did not. The archives
# `sentiment_dataset_train_200.tar.gz` and `sentiment_dataset_test_200.tar.gz` come with Purdue's DLStudio; put both
# beside this notebook, in `data/`, or where the environment variable `REVIEWS_DATA` points. Without them, invented
# practice reviews stand in, and the next cell says so.

# %% id="reviews-code" include="reviews.py"
# @title Find and read the archives { display-mode: "form" }

# %% id="reviews-run"
archives = find_archives(REVIEWS)
if archives is None:
    print("PRACTICE REVIEWS: the homework's archives were not found, so invented reviews stand in for them.")
    archives = find_archives(PRACTICE)
train_reviews, test_reviews = (read_reviews(path) for path in archives)
repeated = standing_in(train_reviews, test_reviews)  # (N,) bool
print(f"{len(train_reviews)} reviews to train on, {len(test_reviews)} to test.")
print(f"{repeated.sum()} of the test reviews stand in the training half, too, word for word.")

# %% [markdown] id="question-memory"
# **Think about it.** A network that knows some test reviews by heart is right about them. What does that do to the
# accuracy that you will report?

# %% [markdown] id="vectors-text"
# ### Words become vectors
#
# Each word becomes 300 numbers: those that word2vec learnt from the news, if you have its file
# (`GoogleNews-vectors-negative300.bin`, packed or not, beside this notebook or in `data/`), else those that it learns
# here from the training reviews. gensim's own `.kv` files are pickles, which may run anything when they are read: one
# is taken only where the environment variable `WORD_VECTORS` names it. A word without a vector is skipped; a review
# without a single known word becomes one vector of zeros.

# %% id="vectors-code" include="word_vectors.py"
# @title Word vectors { display-mode: "form" }

# %% id="training-code" include="training.py"
# @title Batches, training, checkpoints { display-mode: "form" }

# %% id="evaluation-code" include="evaluation.py"
# @title Accuracy, confusion matrix, figures { display-mode: "form" }

# %% id="vectors-run"
vectors = obtain_vectors(train_reviews, test_reviews)
train_set = encode_reviews(train_reviews, vectors)
test_set = encode_reviews(test_reviews, vectors)

# %% id="checks-code" generate="checks"
# %% id="checks-import"
import importlib

import notebook_checks

importlib.reload(notebook_checks)
check = notebook_checks.check

# %% [markdown] id="gru-text"
# ## 2. The GRU, as torch has it
#
# Two **gates**, shares between 0 and 1, are computed from the word and from the state before:
#
# $$r_t = \sigma(W_r x_t + b_r + U_r h_{t-1} + c_r) \qquad z_t = \sigma(W_z x_t + b_z + U_z h_{t-1} + c_z)$$
#
# $$\tilde h_t = \tanh(W_h x_t + b_h + r_t \odot (U_h h_{t-1} + c_h)) \qquad h_t = z_t \odot h_{t-1} + (1 - z_t) \odot \tilde h_t$$
#
# **If you come from the main assignment:** this is the form of `torch.nn.GRU`. The reset gate acts *after* the matrix
# $U_h$, not before it; the update gate weighs the *past*, not the candidate; and each gate has two biases, so that
# $c_h$ stands inside the bracket that $r_t$ scales.
#
# The three matrices that read the word are stacked in one layer `W`, those that read the state in `U`; the first two
# lines of `forward` cut their results into three. **Shapes.** B reviews, I numbers a word, H hidden.

# %% id="gru-cell"
# GRUNet_skeleton.py: generated from labs/gating/notebook.py. Students: fill in every `...` and keep the names.
import torch
import torch.nn as nn


class GRUCell(nn.Module):
    """One step of a gated recurrent unit, as torch.nn.GRU has it.  B reviews, I input_size, H hidden_size.

    r_t  = sigmoid(W_r x_t + b_r + U_r h_{t-1} + c_r)              reset gate: how much of the past the candidate sees
    z_t  = sigmoid(W_z x_t + b_z + U_z h_{t-1} + c_z)              update gate: how much is kept
    h~_t = tanh(W_h x_t + b_h + r_t * (U_h h_{t-1} + c_h))         candidate: r_t acts after U_h
    h_t  = z_t * h_{t-1} + (1 - z_t) * h~_t                        new state: z_t weighs the past
    """

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W = nn.Linear(input_size, 3 * hidden_size)  # W_r, W_z and W_h stacked, with b_r, b_z and b_h
        self.U = nn.Linear(hidden_size, 3 * hidden_size)  # U_r, U_z and U_h, with c_r, c_z and c_h

    def forward(self, x, h_prev):  # (B, I), (B, H) -> (B, H)
        Wx_r, Wx_z, Wx_h = self.W(x).chunk(3, dim=1)  # (B, H) each, biases included
        Uh_r, Uh_z, Uh_h = self.U(h_prev).chunk(3, dim=1)
        # BEGIN BLANK gru.reset_gate
        r_t = torch.sigmoid(Wx_r + Uh_r)
        # END BLANK
        # BEGIN BLANK gru.update_gate
        z_t = torch.sigmoid(Wx_z + Uh_z)
        # END BLANK
        # BEGIN BLANK gru.candidate
        h_tilde = torch.tanh(Wx_h + r_t * Uh_h)
        # END BLANK
        # BEGIN BLANK gru.new_state
        h_t = z_t * h_prev + (1 - z_t) * h_tilde
        # END BLANK
        return h_t


# %% id="gru-cell-check"
check(GRUCell)

# %% [markdown] id="gru-net-text"
# ### The network
#
# Cells are stacked: the states of the first are the input of the second. Reviews of one batch differ in length, and
# the shorter ones are padded with zero vectors **at their end**. The cell reads the padding, too, and goes on changing
# its state; so the state that counts is not the last one, but the one after a review's **own** last word.
#
# **Hint.** `states` is (B, T, H), `lengths` is (B,). Which state belongs to word 1, and which to word `lengths[b]`?


# %% id="gru-net"
class GRUNet(nn.Module):
    """Reads reviews with a stack of GRU cells, and gives the log-probability of each opinion.

    B reviews, T words in the longest, I input_size, H hidden_size, O output_size.
    """

    def __init__(self, input_size, hidden_size, output_size, num_layers=1):
        super().__init__()
        self.hidden_size = hidden_size
        sizes = [input_size] + [hidden_size] * (num_layers - 1)
        self.cells = nn.ModuleList(GRUCell(size, hidden_size) for size in sizes)
        self.fc = nn.Linear(hidden_size, output_size)
        self.relu = nn.ReLU()
        self.log_softmax = nn.LogSoftmax(dim=1)

    def forward(self, x, lengths):  # (B, T, I) word vectors, (B,) words of each review -> (B, O)
        states = x
        for cell in self.cells:
            states = self.read(cell, states)
        # BEGIN BLANK gru.last_state
        last_state = states[torch.arange(len(states)), lengths - 1]
        # END BLANK
        return self.log_softmax(self.fc(self.relu(last_state)))

    def read(self, cell, x):  # (B, T, I) -> (B, T, H): the state after every word, h_0 = 0
        h_t = torch.zeros(x.size(0), self.hidden_size, device=x.device)
        states = []
        for x_t in x.unbind(dim=1):
            h_t = cell(x_t, h_t)
            states.append(h_t)
        return torch.stack(states, dim=1)


# %% id="gru-net-check"
check(GRUNet)

# %% id="gru-train"
torch.manual_seed(SEED)
gru_model = GRUNet(vectors.dimensions, HIDDEN_SIZE, output_size=2, num_layers=2).to(device)
print("learnable tensors and parameters:", *describe_size(gru_model))
gru_recipe = replace(BATCHED, epochs=GRU_EPOCHS)
gru_progress = train(gru_model, train_set, gru_recipe, name="gru", folder=CHECKPOINTS, seed=SEED)

# %% id="gru-test"
gru_weights = save_weights(gru_model, f"{CHECKPOINTS}/gru.pth")
gru_result = evaluate(load_weights(gru_model, gru_weights), test_set)  # of a file, nothing but numbers is read
print(report_text(gru_result))

# %% [markdown] id="minimal-text"
# ## 3. The minimal gated unit
#
# How much of a GRU is needed? In the minimal gated unit (Zhou, Wu, Zhang and Zhou, arXiv:1603.09420; Heck and Salem,
# arXiv:1701.03452, whom the homework follows), one gate $f_t$ does both: it says how much of the past the candidate
# sees, and how much of the state is replaced.
#
# $$f_t = \sigma(W_f [x_t, h_{t-1}] + b_f) \qquad \tilde h_t = \tanh(W_h [x_t, f_t \odot h_{t-1}] + b_h)$$
#
# $$h_t = (1 - f_t) \odot h_{t-1} + f_t \odot \tilde h_t$$
#
# $[x, h]$ is one vector with the numbers of $x$ first and those of $h$ behind them: `torch.cat((x, h), dim=1)`. One
# layer over both is the same as two layers whose results are added. (The papers write $[h, x]$, which only orders the
# layer's columns otherwise.)
#
# **Look twice.** Here $f_t$ weighs the *candidate* and acts *before* the matrix: both the opposite of part 2. And a
# published solution of this homework has the three equations in its report, and forgot the sigmoid and the tanh in its
# code. What becomes of $f_t$ as a share then?

# %% id="minimal-cell"
# pmGRU_skeleton.py: generated from labs/gating/notebook.py. Students: fill in every `...` and keep the names.
import torch
import torch.nn as nn


class MinimalGatedCell(nn.Module):
    """One step of the minimal gated unit.  B reviews, I input_size, H hidden_size.

    f_t  = sigmoid(W_f [x_t, h_{t-1}] + b_f)              the one gate: how much is seen, and how much is replaced
    h~_t = tanh(W_h [x_t, f_t * h_{t-1}] + b_h)           candidate: f_t acts before the matrix
    h_t  = (1 - f_t) * h_{t-1} + f_t * h~_t               new state: f_t weighs the candidate
    """

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.W_f = nn.Linear(input_size + hidden_size, hidden_size)
        self.W_h = nn.Linear(input_size + hidden_size, hidden_size)

    def forward(self, x, h_prev):  # (B, I), (B, H) -> (B, H)
        # BEGIN BLANK mgu.gate
        f_t = torch.sigmoid(self.W_f(torch.cat((x, h_prev), dim=1)))
        # END BLANK
        # BEGIN BLANK mgu.candidate
        h_tilde = torch.tanh(self.W_h(torch.cat((x, f_t * h_prev), dim=1)))
        # END BLANK
        # BEGIN BLANK mgu.new_state
        h_t = (1 - f_t) * h_prev + f_t * h_tilde
        # END BLANK
        return h_t


# %% id="minimal-cell-check"
check(MinimalGatedCell)


# %% id="minimal-net"
class pmGRU(nn.Module):  # the homework's name
    """Reads reviews with one minimal gated cell, and gives the log-probability of each opinion.

    B reviews, T words in the longest, I input_size, H hidden_size, O output_size.  `batch_size` is the homework's:
    nothing depends on it here, since a batch says its own size.
    """

    def __init__(self, input_size, hidden_size, output_size, batch_size=1):
        super().__init__()
        self.hidden_size = hidden_size
        self.cell = MinimalGatedCell(input_size, hidden_size)
        # The homework's second output projection, which nothing reads.
        self.project = nn.Linear(hidden_size, output_size)
        self.fc = nn.Linear(hidden_size, output_size)
        self.relu = nn.ReLU()
        self.log_softmax = nn.LogSoftmax(dim=1)

    def forward(self, x, lengths):  # (B, T, I) word vectors, (B,) words of each review -> (B, O)
        h_t = torch.zeros(x.size(0), self.hidden_size, device=x.device)  # (B, H): h_0
        states = []
        for x_t in x.unbind(dim=1):
            h_t = self.cell(x_t, h_t)
            states.append(h_t)
        states = torch.stack(states, dim=1)  # (B, T, H): the state after every word
        # BEGIN BLANK mgu.last_state
        last_state = states[torch.arange(len(states)), lengths - 1]
        # END BLANK
        return self.log_softmax(self.fc(self.relu(last_state)))


# %% id="minimal-net-check"
check(pmGRU)

# %% id="minimal-train"
torch.manual_seed(SEED)
mgu_model = pmGRU(vectors.dimensions, HIDDEN_SIZE, output_size=2, batch_size=BATCHED.batch_size).to(device)
print("learnable tensors and parameters:", *describe_size(mgu_model))
mgu_recipe = replace(BATCHED, epochs=MGU_EPOCHS)
mgu_progress = train(mgu_model, train_set, mgu_recipe, name="mgu", folder=CHECKPOINTS, seed=SEED)

# %% id="minimal-test"
mgu_weights = save_weights(mgu_model, f"{CHECKPOINTS}/mgu.pth")
mgu_result = evaluate(load_weights(mgu_model, mgu_weights), test_set)
print(report_text(mgu_result))

# %% [markdown] id="comparison-text"
# ## 4. Side by side

# %% id="comparison-curves"
loss_curves({"GRU": gru_progress, "minimal gated unit": mgu_progress})

# %% id="comparison-confusions"
results = {"GRU": gru_result, "minimal gated unit": mgu_result}
confusion_heatmaps(results)

# %% id="comparison-lengths"
accuracy_by_length(results)

# %% id="memory"
parts = {"the repeated reviews": repeated, "the others": ~repeated, "all": repeated | ~repeated}
for name, result in results.items():
    told = [f"{result.part(rows).accuracy:.2%} on {which}" for which, rows in parts.items() if rows.any()]
    print(f"{name}: {', '.join(told)}.")

# %% [markdown] id="questions"
# ### Questions
#
# 1. The homework reports 80.17 % for the GRU and 79.95 % for the minimal gated unit. On 1877 reviews, how many
#    reviews is that? Would you bet on the same order with another seed?
# 2. How much of each accuracy is memory of reviews that stand in both halves? Might the repeated ones be easier, too?
#    What would you train to find out?
# 3. Where does accuracy depend on the length of a review, and why?
# 4. The homework's code trains the gate without its sigmoid. What can the state do then, that a mean can't?

# %% [markdown] id="answers" audience="instructor"
# **For instructors.** 1. About four reviews (what other seeds give: docs/gating-lab.md). 2. The cell above tells how
# much better the repeated ones are classified; whether that is memory or they are easier, only a network says that was
# trained without them, on vectors that were (`python -m labs.gating.seed_study --memory`). 3. A short review says
# little, and what a long one said first must be carried past all the rest (accuracies by length: docs/gating-lab.md).
# 4. A share outside 0 to 1 makes the new state no mean of past and candidate, so it can grow from word to word.

# %% [markdown] id="submission-text"
# ## 5. Your submission

# %% id="submission-code" include="assignment/submission.py"
# @title make_submission { display-mode: "form" }

# %% id="submission-run"
make_submission(
    {"GRUNet_skeleton.py": ["GRUCell", "GRUNet"], "pmGRU_skeleton.py": ["MinimalGatedCell", "pmGRU"]}, globals()
)
