"""Find df_file.csv and read it, whatever a download or a spreadsheet did to it on the way."""

import gzip
import hashlib
import io
import lzma
import os
import re
import urllib.request
import warnings
import zlib
from pathlib import Path

import pandas as pd

from data.practice_corpus import practice_documents

CLASSES = ("Politics", "Sport", "Technology", "Entertainment", "Business")  # the label is the position
ORIGINAL_ROWS = 2225
ORIGINAL_SHA256 = "f3c374003b79f5467cc67828984e3a511f98554bfec58762a7ae99792d0a3121"
SMALLEST_DATA = 32  # rows; one batch
KAGGLE_DATASET = "tanishqdubush/text-classification-documentation"
PLACES = (".", "data")
STAND_IN = "df_file.csv is not there; the practice corpus stands in (data/practice.csv.xz)"


class UnusableData(ValueError):
    """The data can't be used as it is: one sentence that names the thing, the reason and the fix."""

    def _render_traceback_(self):  # what IPython prints in place of a traceback
        return [f"{type(self).__name__}: {self}"]


def find_documents(places=PLACES):
    """The path of df_file.csv: where RNN_DATA points, else in the first of `places` that has it, else None.

    Raises UnusableData if RNN_DATA points at nothing: what was asked for is not replaced in silence.
    """
    asked_for = os.environ.get("RNN_DATA")
    if asked_for:
        path = Path(asked_for).expanduser()
        path = path / "df_file.csv" if path.is_dir() else path
        if not path.is_file():
            raise UnusableData(
                f"RNN_DATA points at {path}, which does not exist; correct it, or unset it to look in "
                f"{' and '.join(places)}."
            )
        return path
    return next((path for place in places if (path := Path(place) / "df_file.csv").is_file()), None)


def read_documents(path):
    """Read `Text,Label` rows: (texts: list of str, labels: list of int).  Raises UnusableData.

    UTF-8 with or without a byte-order mark, UTF-16, Windows-1252 and Latin-1 are read correctly; `.gz` and `.xz` too.
    """
    path = Path(path)
    if not path.is_file():
        raise UnusableData(f"{path} is not there; put df_file.csv beside the notebook, or in data/.")
    content = unpacked(path.read_bytes(), path.name)
    texts, labels = documents_in(content, path.name)
    describe_documents(content, len(texts), path.name)
    return texts, labels


def documents_in(content, name):
    """CSV bytes to (texts: list of str, labels: list of int).  Raises UnusableData."""
    table = parse_table(content, name)
    texts, labels = column(table, "Text", name), column(table, "Label", name)
    labels = whole_labels(labels, name)
    check_documents(texts, labels, name)
    return texts, labels


def unpacked(content, name):
    """A file's bytes, unpacked if they are gzip or xz."""
    unpack = {b"\x1f\x8b": gzip.decompress, b"\xfd7": lzma.decompress}.get(content[:2])
    if unpack:
        try:
            content = unpack(content)
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as reason:
            raise UnusableData(f"{name} is a damaged archive ({reason}); fetch it again.") from None
    if not content.strip():
        raise UnusableData(f"{name} is empty; the download or upload broke off, so fetch it again.")
    return content


def decode(content, name):
    """Bytes to text: a byte-order mark decides, else UTF-8, else Windows-1252, else Latin-1."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnusableData(f"{name} is not a text file; fetch df_file.csv itself, not a spreadsheet or a picture of it.")


def parse_table(content, name):
    """CSV bytes to a table of strings."""
    if content[:4] == b"PK\x03\x04":
        raise UnusableData(f"{name} is a zip archive; unpack it and use the df_file.csv inside.")
    text = decode(content, name)
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<head", "<?xml")):
        raise UnusableData(
            f"{name} is a web page (most likely a login page saved as .csv); log in, then download the file again."
        )
    if re.fullmatch(r'"?text"?\s*;\s*"?label"?', text.strip().partition("\n")[0].strip().lower()):
        raise UnusableData(f"{name} is separated by semicolons; save it with commas, or fetch the file again.")
    try:
        # Through bytes, so that line ends inside a text stay as they are in the file.
        table = pd.read_csv(io.BytesIO(text.encode()), dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as reason:
        first = str(reason).strip().splitlines()[0][:120]
        raise UnusableData(f"{name} is not a CSV file that can be read ({first}); fetch it again.") from None
    if not isinstance(table.index, pd.RangeIndex):  # pandas took the surplus fields for row names
        raise UnusableData(
            f"{name} has more fields in a row than in its first line; put texts with commas between quotes, or fetch "
            "the file again."
        )
    return table


def column(table, wanted, name):
    """The column whose title is `wanted`, case and spaces forgiven, as a list of strings."""
    matching = [title for title in table.columns if str(title).strip().lower() == wanted.lower()]
    if len(matching) != 1:
        titles = ", ".join(repr(str(title)[:30]) for title in table.columns[:5])
        many = "several columns" if matching else "no column"
        raise UnusableData(
            f"{name} has {many} called {wanted!r} (its first line reads {titles}); the first line must be Text,Label."
        )
    return table[matching[0]].tolist()


def whole_labels(labels, name):
    """Labels as whole numbers from 0 to 4."""
    numbers = []
    for row, label in enumerate(labels, start=1):
        try:
            number = float(label)
        except ValueError:
            number = float("nan")
        if number not in range(len(CLASSES)):
            raise UnusableData(
                f"document {row} of {name} has the label {label.strip()[:20]!r}; labels are the whole numbers "
                f"0 to {len(CLASSES) - 1}, so correct that row or fetch the file again."
            )
        numbers.append(int(number))
    return numbers


def check_documents(texts, labels, name):
    """Enough documents, none of them empty, every class there."""
    if len(texts) < SMALLEST_DATA:
        raise UnusableData(
            f"{name} has {len(texts)} documents, fewer than one batch of {SMALLEST_DATA}; the file is cut off, "
            "so fetch it again."
        )
    empty = [row for row, text in enumerate(texts, start=1) if not text.strip()]
    if empty:
        rows = ", ".join(map(str, empty[:5])) + (" and others" if len(empty) > 5 else "")
        raise UnusableData(f"{name} has an empty text in document {rows}; remove those rows or fetch the file again.")
    missing = [title for label, title in enumerate(CLASSES) if label not in labels]
    if missing:
        raise UnusableData(
            f"{name} has no document of the class {' or '.join(missing)}; the file is cut off, so fetch it again."
        )


def describe_documents(content, rows, name):
    """Say whether this is the original file; warn if it has another number of rows."""
    original = hashlib.sha256(content).hexdigest() == ORIGINAL_SHA256
    print(f"{name}: {rows} documents; {'the original file' if original else 'not byte for byte the original file'}.")
    if rows != ORIGINAL_ROWS:
        warnings.warn(
            f"{name} has {rows} documents where {ORIGINAL_ROWS} were expected: your accuracies will differ.",
            stacklevel=3,
        )


def obtain_documents(address="", kept_in="."):
    """A path to documents: a file that is there, else fetched (on Colab), else the practice corpus.

    `address` is a URL of df_file.csv that your course may give you. On Colab a download comes before an
    upload, because uploads lose the connection on some phones. What is fetched is put into the folder
    `kept_in`, too, and looked for there: in Google Drive it outlasts the runtime, as training does.
    """
    path = find_documents((*PLACES, kept_in))
    sources = (
        [] if path else [*([from_address] if address else []), *([from_kaggle, from_upload] if on_colab() else [])]
    )
    for source in sources:
        try:
            path = keep_documents(source(address), kept_in)
            break
        except Exception as reason:  # whatever goes wrong on the way, the next source is tried
            Path("df_file.csv").unlink(missing_ok=True)  # Colab saves an upload before we see that it is no data
            print(f"  {source.__doc__} did not work: {str(reason).strip()[:150] or type(reason).__name__}")
    return path or practice_file()


def on_colab():
    """Whether this is a Colab runtime."""
    try:
        import google.colab  # noqa: F401
    except ImportError:
        return False
    return True


def from_address(address):
    """Downloading from the address that your course gave"""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read()


def from_kaggle(_):
    """Downloading from Kaggle"""
    import kagglehub

    path = next(Path(kagglehub.dataset_download(KAGGLE_DATASET)).rglob("df_file.csv"), None)
    if path is None:
        raise UnusableData(f"the data set {KAGGLE_DATASET} has no df_file.csv.")
    return path.read_bytes()


def from_upload(_):
    """Uploading"""
    from google.colab import files

    print("Choose df_file.csv (or cancel, to go on with invented practice documents):")
    uploaded = files.upload()
    if not uploaded:
        raise UnusableData("no file was chosen.")
    return next(iter(uploaded.values()))


def keep_documents(content, kept_in):
    """Write df_file.csv beside the notebook and into `kept_in`, if these bytes are documents: its path."""
    content = unpacked(content, "the file")
    documents_in(content, "the file")
    for folder in dict.fromkeys((Path(kept_in), Path("."))):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "df_file.csv").write_bytes(content)
    return Path("df_file.csv")


def practice_file():
    """The practice corpus: the shipped file, else the same documents written anew.  Said loudly."""
    print("=" * 78)
    print("PRACTICE DOCUMENTS.  df_file.csv was not found, so invented documents stand in for it.")
    print("Everything runs, but for your report put df_file.csv beside this notebook and run it again.")
    print("=" * 78)
    shipped = Path("data/practice.csv.xz")
    if shipped.is_file():
        return shipped
    written = Path("practice.csv")
    rows = pd.DataFrame(practice_documents(), columns=["Text", "Label"])
    rows.to_csv(written, index=False)
    return written
