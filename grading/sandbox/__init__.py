"""The processes that run student code, and the wire to them.

`worker`, `deadline` and `launch` are the trusted side: they hold no student object and unpickle nothing.  `zygote`,
`child`, `operations` and `statement` run on the other side, and know no expected value.  Between the two stand the
`walls`, made of `layers`: see docs/sandbox.md.
"""
