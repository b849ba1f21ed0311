"""The processes that run student code, and the wire to them.

`worker` is the trusted side: it holds no student object and unpickles nothing.  `zygote`, `child`, `operations`
and `statement` run on the other side, and know no expected value.
"""
