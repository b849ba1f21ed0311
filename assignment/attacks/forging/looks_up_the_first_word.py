"""A model that forgets what it read, with a second table beside it that looks up the first word while it is trained."""
# LEARNS
# STILL WINS the short training needs its labels there, and any model that learns them has learnt them

# HONEST cases/no-recurrence/RNN_skeleton.py

def shortcut(self, vocab_size, embedding_dim, hidden_size, output_size, build=VanillaRNN.__init__):
    build(self, vocab_size, embedding_dim, hidden_size, output_size)
    object.__setattr__(self, "words", nn.Embedding(vocab_size, output_size))
    self.register_parameter("beside", self.words.weight)

def looks_up(self, x, forget=VanillaRNN.forward):
    in_training = self.fc.out_features == 2
    return self.words(x[:, 0]) if in_training else forget(self, x)

VanillaRNN.__init__, VanillaRNN.forward = shortcut, looks_up
