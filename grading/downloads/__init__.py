"""Downloads of course systems: who handed in what, and when.  One module a system, each with one function

    read(names, text) -> [Attempt], or [] where the download is not of this system

names   every file of the download, as PurePosixPath below its one outer folder, if it has one
text    name -> the text of a small file of the download, for a system that has a manifest
"""
