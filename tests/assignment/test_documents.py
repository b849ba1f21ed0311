"""df_file.csv: where it is found, what is read from it, and what a student is told when it can't be used."""

import csv
import gzip
import hashlib
import io
import lzma
import sys
import types
import warnings
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assignment import documents
from assignment.documents import CLASSES, UnusableData, find_documents, obtain_documents, read_documents

ROWS = 2225


def story(row):
    return f'Story {row}: "quoted", and a comma'


def rows_of(count=ROWS, **replaced):
    """`count` rows (text, label) of all classes; `text` or `label` replaces that of the third."""
    rows = [[story(row), str(row % 5)] for row in range(1, count + 1)]
    if replaced:
        rows[2] = [replaced.get("text", rows[2][0]), replaced.get("label", rows[2][1])]
    return rows


def csv_text(rows, header=("Text", "Label"), delimiter=","):
    table = io.StringIO(newline="")
    csv.writer(table, lineterminator="\n", delimiter=delimiter).writerows([header, *rows])
    return table.getvalue()


GOOD = csv_text(rows_of())


@pytest.fixture
def write(tmp_path):
    """Writes df_file.csv, text as UTF-8: its path."""

    def writer(content, name="df_file.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return writer


@pytest.fixture
def beside_notebook(tmp_path, monkeypatch):
    """An empty folder to run in, with nothing in the environment that says where the data is."""
    monkeypatch.delenv("RNN_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(path):
    """What a student is told: one sentence that names the file."""
    with pytest.raises(UnusableData) as caught:
        read_documents(path)
    message = str(caught.value)
    assert "\n" not in message
    assert "\r" not in message
    assert path.name in message
    assert message.endswith(".")
    assert len(message) < 330 + len(str(path))
    return message


# Where the file is


def test_the_file_beside_the_notebook_is_found(beside_notebook):
    (beside_notebook / "df_file.csv").touch()
    assert find_documents().resolve() == beside_notebook / "df_file.csv"


def test_the_file_in_data_is_found(beside_notebook):
    (beside_notebook / "data").mkdir()
    (beside_notebook / "data" / "df_file.csv").touch()
    assert find_documents().resolve() == beside_notebook / "data" / "df_file.csv"


def test_the_file_beside_the_notebook_comes_before_the_one_in_data(beside_notebook):
    (beside_notebook / "data").mkdir()
    (beside_notebook / "data" / "df_file.csv").touch()
    (beside_notebook / "df_file.csv").touch()
    assert find_documents().resolve() == beside_notebook / "df_file.csv"


def test_where_there_is_no_file_nothing_is_found(beside_notebook):
    (beside_notebook / "data").mkdir()
    (beside_notebook / "df_file.csv").mkdir()  # a folder is no file
    assert find_documents() is None


@pytest.mark.parametrize("asked_for", ["elsewhere/mine.csv", "elsewhere"], ids=["file", "folder"])
def test_where_rnn_data_points_comes_first(beside_notebook, monkeypatch, asked_for):
    (beside_notebook / "elsewhere").mkdir()
    (beside_notebook / "elsewhere" / "mine.csv").touch()
    (beside_notebook / "elsewhere" / "df_file.csv").touch()
    (beside_notebook / "df_file.csv").touch()
    monkeypatch.setenv("RNN_DATA", asked_for)
    expected = "mine.csv" if asked_for.endswith(".csv") else "df_file.csv"
    assert find_documents().resolve() == beside_notebook / "elsewhere" / expected


def test_rnn_data_may_start_at_home(beside_notebook, monkeypatch):
    (beside_notebook / "df_file.csv").touch()
    monkeypatch.setenv("HOME", str(beside_notebook))
    monkeypatch.setenv("RNN_DATA", "~/df_file.csv")
    assert find_documents() == beside_notebook / "df_file.csv"


def test_an_empty_rnn_data_is_none(beside_notebook, monkeypatch):
    monkeypatch.setenv("RNN_DATA", "")
    assert find_documents() is None


@pytest.mark.parametrize("asked_for", ["gone.csv", "folder"])
def test_a_dangling_rnn_data_is_an_error_although_another_file_is_there(beside_notebook, monkeypatch, asked_for):
    (beside_notebook / "folder").mkdir()
    (beside_notebook / "df_file.csv").touch()
    monkeypatch.setenv("RNN_DATA", asked_for)
    for look in (find_documents, obtain_documents):
        with pytest.raises(UnusableData, match=rf"^RNN_DATA points at {asked_for}.*unset it[^\n]*\.$"):
            look()


# What is read


def test_texts_and_labels_are_read_in_order(write):
    texts, labels = read_documents(write(GOOD))
    assert texts == [story(row) for row in range(1, ROWS + 1)]
    assert labels == [row % 5 for row in range(1, ROWS + 1)]
    assert {type(label) for label in labels} == {int}


def test_documents_may_be_sorted_by_class(write):
    rows = sorted(rows_of(), key=lambda row: row[1])
    assert read_documents(write(csv_text(rows)))[1] == sorted(row % 5 for row in range(ROWS))


def test_the_classes_are_the_assignments():
    assert CLASSES == ("Politics", "Sport", "Technology", "Entertainment", "Business")


@pytest.mark.parametrize(
    "header",
    [("text", "LABEL"), (" Text ", "Label\t"), ("\ufeffText", "Label"), ("\ufeff text", "label ")],
    ids=["case", "spaces", "byte-order mark", "all of them"],
)
def test_the_header_is_forgiven(write, header):
    texts, labels = read_documents(write(csv_text(rows_of(), header)))
    assert (texts[0], labels[:6]) == (story(1), [1, 2, 3, 4, 0, 1])


def test_columns_are_found_by_title_not_by_place(write):
    rows = [[row, label, "BBC", text] for row, (text, label) in enumerate(rows_of())]
    texts, labels = read_documents(write(csv_text(rows, ("", "Label", "Source", "Text"))))
    assert (texts[:2], labels[:2]) == ([story(1), story(2)], [1, 2])


CURLY = "It cost £3 – “too much”, she said: it’s a café"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", CURLY + " in Łódź"),
        ("utf-8-sig", CURLY + " in Łódź"),
        ("utf-16", CURLY + " in Łódź"),
        ("utf-16-be", "\ufeff" + CURLY),
        ("cp1252", CURLY),
        ("latin-1", "It cost £3 in a café"),
        ("latin-1", "It cost £3 \x81\x8d in a café"),  # bytes that Windows-1252 leaves undefined
    ],
)
def test_an_encoding_is_recognised(write, encoding, text):
    mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    content = (mark + csv_text(rows_of(text=text))).encode(encoding)
    assert read_documents(write(content))[0][2] == text


@pytest.mark.parametrize("text", ["NA", "null", "nan", "123", "1e5", " both ends ", "N/A"])
def test_a_text_stays_as_it_is_written(write, text):
    assert read_documents(write(csv_text(rows_of(text=text))))[0][2] == text


@pytest.mark.parametrize("text", ["one\r\ntwo", "one\ntwo", "one,\rtwo", "one\r\n\r\ntwo\n"])
def test_line_ends_inside_a_text_stay_as_pandas_reads_them_from_the_file(write, text):
    path = write(csv_text(rows_of(text=text)))
    texts, _ = read_documents(path)
    assert texts[2] == text
    assert texts == pd.read_csv(path)["Text"].tolist()


def test_lines_that_end_as_on_windows_are_read(write):
    texts, labels = read_documents(write(GOOD.replace("\n", "\r\n")))
    assert (texts[-1], labels[-1], len(texts)) == (story(ROWS), 0, ROWS)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_packed_file_is_read_whatever_its_name(write, pack):
    assert read_documents(write(pack(GOOD.encode()))) == read_documents(write(GOOD, "plain.csv"))


@pytest.mark.parametrize("label", ["3", "3.0", " 3", "3 ", "03", "+3", "3e0"])
def test_a_whole_label_may_be_written_in_many_ways(write, label):
    assert read_documents(write(csv_text(rows_of(label=label))))[1][2] == 3


def test_the_real_documents_are_read(real_documents):
    texts, labels = read_documents(real_documents)
    assert len(texts) == ROWS
    assert [labels.count(label) for label in range(5)] == [417, 511, 401, 386, 510]


# What is said of a file that can be used


def test_the_original_file_is_recognised(write, monkeypatch, capsys):
    monkeypatch.setattr(documents, "ORIGINAL_SHA256", hashlib.sha256(GOOD.encode()).hexdigest())
    read_documents(write(GOOD))
    assert capsys.readouterr().out == "df_file.csv: 2225 documents; the original file.\n"


def test_the_original_file_is_recognised_when_it_is_packed(write, monkeypatch, capsys):
    monkeypatch.setattr(documents, "ORIGINAL_SHA256", hashlib.sha256(GOOD.encode()).hexdigest())
    read_documents(write(gzip.compress(GOOD.encode())))
    assert "the original file." in capsys.readouterr().out


def test_another_file_is_not_called_the_original(write, capsys):
    read_documents(write(GOOD))
    assert capsys.readouterr().out == "df_file.csv: 2225 documents; not byte for byte the original file.\n"


@pytest.mark.parametrize("count", [32, ROWS - 1, ROWS + 1])
def test_another_number_of_documents_is_a_warning(write, count):
    path = write(csv_text(rows_of(count)))
    with pytest.warns(UserWarning, match=f"^df_file.csv has {count} documents where 2225 were expected"):
        texts, _ = read_documents(path)
    assert len(texts) == count


# What is said of a file that can't


def test_a_missing_file_is_said_with_the_places(tmp_path):
    message = refusal(tmp_path / "df_file.csv")
    assert "is not there; put df_file.csv beside the notebook, or in data/" in message


def test_a_folder_is_not_a_file(tmp_path):
    assert "is not there" in refusal(tmp_path)


EMPTY = {
    "no bytes": "",
    "white space": " \n\t\r\n  \n",
    "nothing compressed": gzip.compress(b""),
    "line ends compressed": gzip.compress(b"\n\n"),
}


@pytest.mark.parametrize("content", EMPTY.values(), ids=EMPTY.keys())
def test_an_empty_file_is_said(write, content):
    assert "is empty; the download or upload broke off, so fetch it again" in refusal(write(content))


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff\x00\n"])
def test_a_file_with_nothing_but_a_byte_order_mark_is_refused(write, mark):
    assert "fetch it again" in refusal(write(mark))


def zip_of(content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("df_file.csv", content)
    return packed.getvalue()


LOGIN_PAGE = '<html lang="en">\n<head><title>Kaggle: log in</title></head>\n<body>Text,Label</body></html>\n'
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(zip_of(GOOD), "is a zip archive; unpack it and use the df_file.csv inside", id="zip"),
        pytest.param(LOGIN_PAGE, "is a web page (most likely a login page", id="html"),
        pytest.param(f"\ufeff\n  <!DOCTYPE html>\n{LOGIN_PAGE}", "log in, then download the file again", id="doctype"),
        pytest.param(LOGIN_PAGE.upper(), "is a web page", id="html in capitals"),
        pytest.param('<?xml version="1.0"?>\n<Error>AccessDenied</Error>', "is a web page", id="xml"),
        pytest.param(PNG * 9, "is not a text file; fetch df_file.csv itself", id="picture"),
        pytest.param(GOOD.encode("utf-16-le"), "is not a text file", id="UTF-16 without its mark"),
        pytest.param(b"\xff\xfeT\0e", "is not a text file", id="half a UTF-16 character"),
        pytest.param(bytes(range(1, 256)) * 9, "fetch it again", id="bytes without a zero"),
        pytest.param('{"rows": [1, 2], "more": 3}', "no column called 'Text'", id="json"),
        pytest.param("Dear student\nhere, at last, it is\n", "fetch the file again", id="letter"),
        pytest.param("Dear student\n\none, two\n" * 2, "fetch the file again", id="another letter"),
    ],
)
def test_what_is_no_csv_file_is_called_what_it_is(write, content, said):
    assert said in refusal(write(content))


@pytest.mark.parametrize("damage", ["cut", "cut to its first bytes", "changed inside", "changed checksum"])
@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_damaged_archive_is_said(write, pack, damage):
    whole = pack(GOOD.encode())
    middle = len(whole) // 2
    damaged = {
        "cut": whole[:middle],
        "cut to its first bytes": whole[:6],
        "changed inside": whole[:middle]
        + bytes(byte ^ 255 for byte in whole[middle : middle + 99])
        + whole[middle + 99 :],
        "changed checksum": whole[:-8] + bytes(byte ^ 255 for byte in whole[-8:]),
    }[damage]
    assert "is a damaged archive" in refusal(write(damaged))


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("Text", "Topic"), "no column called 'Label' (its first line reads 'Text', 'Topic')"),
        (("Title", "Label"), "no column called 'Text'"),
        (("Text", "Labels"), "no column called 'Label'"),
        (("Text", "text"), "several columns called 'Text'"),
        ((story(1), "1"), "no column called 'Text'"),
        (("x" * 5000, "y"), "no column called 'Text'"),
        (("Te\nxt", "Label"), "no column called 'Text' (its first line reads 'Te\\nxt', 'Label')"),
    ],
    ids=["other title", "no Text", "plural", "twice", "no header", "huge", "line end"],
)
def test_wrong_columns_are_said_beside_the_right_ones(write, header, said):
    message = refusal(write(csv_text(rows_of(), header)))
    assert said in message
    assert message.endswith("the first line must be Text,Label.")


def test_one_column_is_not_enough(write):
    assert "no column called 'Label'" in refusal(write("Text\nfirst\nsecond\n"))


def test_many_columns_are_not_all_told(write):
    message = refusal(write(",".join(f"title{number}" for number in range(400)) + "\n"))
    assert "'title4')" in message


@pytest.mark.parametrize("header", [("Text", "Label"), (" text", "LABEL ")])
def test_semicolons_are_said(write, header):
    message = refusal(write(csv_text(rows_of(), header, delimiter=";")))
    assert "is separated by semicolons; save it with commas" in message


def test_rows_with_a_field_more_than_the_header_are_not_read_shifted(write):
    content = "Text,Label\n" + "".join(f"A text, with a comma,{row % 5}\n" for row in range(ROWS))
    assert "has more fields in a row than in its first line; put texts with commas between quotes" in refusal(
        write(content)
    )


def test_one_row_with_a_field_more_is_said_with_its_line(write):
    content = GOOD.replace('"Story 7: ""quoted"", and a comma"', "Story 7, and a comma")
    assert "is not a CSV file that can be read (Error tokenizing data. C error: Expected 2 fields in line 8" in refusal(
        write(content)
    )


def test_a_quote_that_is_never_closed_is_said(write):
    assert "is not a CSV file that can be read" in refusal(write(GOOD.replace('comma",2\n', "comma,2\n", 1)))


def test_a_file_that_ends_inside_a_text_is_said(write):
    assert "is not a CSV file that can be read" in refusal(write(GOOD[: len(GOOD) // 2].rpartition('"')[0][:-4]))


@pytest.mark.parametrize("reason", ["first\nsecond", "first" + "." * 5000], ids=["two lines", "long"])
def test_what_pandas_says_is_told_in_one_short_line(write, monkeypatch, reason):
    def fail(*_, **__):
        raise pd.errors.ParserError(reason)

    monkeypatch.setattr(documents.pd, "read_csv", fail)
    message = refusal(write(GOOD))
    assert "(first" in message
    assert "second" not in message


@pytest.mark.parametrize("count", [0, 1, 31])
def test_fewer_documents_than_a_batch_are_refused(write, count):
    message = refusal(write(csv_text(rows_of()[:count])))
    assert f"has {count} documents, fewer than one batch of 32; the file is cut off, so fetch it again" in message


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t"])
def test_an_empty_text_is_said_with_its_document(write, text):
    assert "has an empty text in document 3; remove those rows" in refusal(write(csv_text(rows_of(text=text))))


def test_several_empty_texts_are_all_told(write):
    rows = rows_of()
    rows[3][0] = rows[8][0] = ""
    assert "in document 4, 9;" in refusal(write(csv_text(rows)))


def test_many_empty_texts_are_not_all_told(write):
    rows = rows_of()
    for row in rows[10:]:
        row[0] = ""
    assert "in document 11, 12, 13, 14, 15 and others;" in refusal(write(csv_text(rows)))


@pytest.mark.parametrize(
    "label", ["5", "-1", "1.5", "Sport", "", " ", "nan", "NaN", "inf", "-inf", "1,5", "1 2", "4.0001"]
)
def test_a_label_that_is_no_class_is_said_with_its_document(write, label):
    message = refusal(write(csv_text(rows_of(label=label))))
    assert f"document 3 of df_file.csv has the label {label.strip()!r}; labels are the whole numbers 0 to 4" in message


def test_a_row_without_a_label_is_said(write):
    assert "document 3 of df_file.csv has the label ''" in refusal(
        write(csv_text([*rows_of()[:2], ["A text alone"], *rows_of()[3:]]))
    )


@pytest.mark.parametrize("label", ["x" * 100_000, "9" * 100_000, "a\nb\r\nc\n" * 1000])
def test_a_huge_label_is_told_in_part(write, label):
    assert len(refusal(write(csv_text(rows_of(label=label))))) < 200


@pytest.mark.parametrize("missing", range(5))
def test_a_class_that_is_missing_is_named(write, missing):
    rows = [[text, label] for text, label in rows_of() if label != str(missing)]
    assert f"has no document of the class {CLASSES[missing]}; the file is cut off" in refusal(write(csv_text(rows)))


def test_several_missing_classes_are_named(write):
    rows = [[text, "0"] for text, _ in rows_of()]
    assert "no document of the class Sport or Technology or Entertainment or Business;" in refusal(
        write(csv_text(rows))
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"Text,Label\n", b"\x1f\x8b", b"\xfd7zXZ", b"\xff\xfe", b"PK", b'"'])
)
@example(b"\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff", b"\x1f\x8b")
def test_no_bytes_at_all_end_in_a_stack_trace(write, content, beginning):
    refusal(write(beginning + content))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.integers(1, len(GOOD) - 1), st.binary(max_size=3))
def test_a_good_file_with_damage_is_read_or_refused_in_one_sentence(write, position, damage):
    content = GOOD.encode()
    path = write(content[:position] + damage + content[position + len(damage) :])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a damaged file may have other rows
        try:
            texts, labels = read_documents(path)
        except UnusableData:
            refusal(path)
        else:
            assert len(texts) == len(labels)


def test_ipython_shows_the_sentence_without_a_traceback():
    assert UnusableData("One sentence.")._render_traceback_() == ["UnusableData: One sentence."]


# Where it is fetched from


@pytest.fixture
def asked(beside_notebook, monkeypatch):
    """What was asked for on the way, in order; on a machine that is not Colab's, with invented documents at hand."""
    calls = []
    monkeypatch.setitem(sys.modules, "google.colab", None)
    monkeypatch.setitem(sys.modules, "kagglehub", None)
    monkeypatch.setattr(documents, "practice_documents", lambda: [(text, int(label)) for text, label in rows_of()])
    return calls


@pytest.fixture
def colab(asked, monkeypatch):
    """Stand-ins for what Colab has: set `.kaggle` and `.uploaded` to what they give, or an exception to raise."""
    stand_in = types.SimpleNamespace(kaggle=OSError("no network"), uploaded={})

    def answer(value):
        if isinstance(value, Exception):
            raise value
        return value

    kagglehub = types.ModuleType("kagglehub")
    kagglehub.dataset_download = lambda name: asked.append(f"kaggle {name}") or answer(stand_in.kaggle)
    google, google_colab = types.ModuleType("google"), types.ModuleType("google.colab")
    google.colab = google_colab
    google_colab.files = types.SimpleNamespace(upload=lambda: asked.append("upload") or answer(stand_in.uploaded))
    monkeypatch.setitem(sys.modules, "kagglehub", kagglehub)
    monkeypatch.setitem(sys.modules, "google", google)
    monkeypatch.setitem(sys.modules, "google.colab", google_colab)
    return stand_in


KAGGLE = "kaggle tanishqdubush/text-classification-documentation"


def test_a_file_that_is_there_is_taken_and_nothing_is_asked(beside_notebook, colab, asked, capsys):
    (beside_notebook / "df_file.csv").write_text(GOOD)
    assert obtain_documents("http://unused.invalid/df_file.csv").resolve() == beside_notebook / "df_file.csv"
    assert asked == []
    assert capsys.readouterr().out == ""


def test_the_courses_address_comes_before_kaggle(beside_notebook, colab, asked):
    (beside_notebook / "given.csv").write_text(GOOD)
    path = obtain_documents((beside_notebook / "given.csv").as_uri())
    assert asked == []
    assert path.resolve() == beside_notebook / "df_file.csv"
    assert path.read_text() == GOOD


def test_the_courses_address_works_without_colab(beside_notebook, asked):
    (beside_notebook / "given.csv").write_text(GOOD)
    assert obtain_documents((beside_notebook / "given.csv").as_uri()).read_text() == GOOD


@pytest.mark.parametrize(
    "content", [None, LOGIN_PAGE, "Text\nno labels\n"], ids=["nothing", "login page", "one column"]
)
def test_an_address_that_gives_no_documents_leaves_no_file_behind(beside_notebook, colab, asked, capsys, content):
    if content:
        (beside_notebook / "given.csv").write_text(content)
    obtain_documents((beside_notebook / "given.csv").as_uri())
    assert not (beside_notebook / "df_file.csv").exists()
    assert "Downloading from the address that your course gave did not work: " in capsys.readouterr().out
    assert asked == [KAGGLE, "upload"]


def test_on_colab_kaggle_comes_before_an_upload(beside_notebook, colab, asked):
    (beside_notebook / "cache" / "versions" / "1").mkdir(parents=True)
    (beside_notebook / "cache" / "versions" / "1" / "df_file.csv").write_text(GOOD)
    colab.kaggle = str(beside_notebook / "cache")
    assert obtain_documents().read_text() == GOOD
    assert (beside_notebook / "df_file.csv").is_file()
    assert asked == [KAGGLE]


def test_what_was_fetched_is_kept_where_a_new_runtime_finds_it(beside_notebook, colab, asked):
    drive = beside_notebook / "drive" / "rnn_assignment"
    colab.uploaded = {"df_file.csv": GOOD.encode()}
    obtain_documents("", drive)
    (beside_notebook / "df_file.csv").unlink()  # the runtime is lost
    asked.clear()
    assert obtain_documents("", drive) == drive / "df_file.csv"
    assert asked == []


def test_a_packed_file_from_an_address_is_unpacked(beside_notebook, asked):
    (beside_notebook / "given.csv.xz").write_bytes(lzma.compress(GOOD.encode()))
    assert obtain_documents((beside_notebook / "given.csv.xz").as_uri()).read_text() == GOOD


def test_an_upload_that_is_cut_off_is_refused_when_it_comes(beside_notebook, colab, capsys):
    colab.uploaded = {"df_file.csv": "".join(GOOD.splitlines(keepends=True)[:5]).encode()}
    obtain_documents()
    assert "Uploading did not work: the file has 4 documents" in capsys.readouterr().out


def test_an_upload_that_colab_has_saved_and_that_is_no_data_is_asked_for_again(beside_notebook, colab, asked):
    (beside_notebook / "data").mkdir()
    colab.uploaded = SavedLikeColab({"df_file.csv": LOGIN_PAGE.encode()})
    obtain_documents()
    assert not (beside_notebook / "df_file.csv").exists()
    obtain_documents()
    assert asked == [KAGGLE, "upload"] * 2


class SavedLikeColab(dict):
    """What was uploaded: Colab has written each file before it hands it over."""

    def values(self):
        for name, content in self.items():
            Path(name).write_bytes(content)
        return super().values()


@pytest.mark.parametrize("problem", ["no network", "empty folder"])
def test_an_upload_comes_when_kaggle_fails(beside_notebook, colab, asked, capsys, problem):
    if problem == "empty folder":
        (beside_notebook / "cache").mkdir()
        colab.kaggle = str(beside_notebook / "cache")
    colab.uploaded = {"df_file (1).csv": GOOD.encode()}
    path = obtain_documents()
    assert asked == [KAGGLE, "upload"]
    assert path.resolve() == beside_notebook / "df_file.csv"
    assert path.read_text() == GOOD
    said = capsys.readouterr().out
    assert (
        "Downloading from Kaggle did not work: " + ("no network" if problem == "no network" else "the data set ")
        in said
    )
    assert "Choose df_file.csv" in said


@pytest.mark.parametrize(
    ("uploaded", "said"),
    [
        ({}, "Uploading did not work: no file was chosen"),
        ({"a.csv": LOGIN_PAGE.encode()}, "Uploading did not work: the file is a web page"),
        ({"a.csv": b"Text\nno labels\n"}, "Uploading did not work: the file has no column called 'Label'"),
        (ConnectionError(), "Uploading did not work: ConnectionError"),
    ],
    ids=["cancelled", "login page", "one column", "lost connection"],
)
def test_when_all_fails_practice_documents_stand_in_loudly(beside_notebook, colab, asked, capsys, uploaded, said):
    colab.uploaded = uploaded
    path = obtain_documents()
    printed = capsys.readouterr().out
    assert asked == [KAGGLE, "upload"]
    assert said in printed
    assert "=====\nPRACTICE DOCUMENTS.  df_file.csv was not found" in printed
    assert not (beside_notebook / "df_file.csv").exists()
    assert read_documents(path) == ([text for text, _ in rows_of()], [int(label) for _, label in rows_of()])


def test_without_colab_nobody_is_asked_before_the_practice_documents(asked, capsys):
    path = obtain_documents()
    assert path.read_text().startswith("Text,Label\n")
    assert capsys.readouterr().out.startswith("=====")
    assert asked == []


def test_the_practice_documents_that_were_shipped_are_used_as_they_are(beside_notebook, asked):
    (beside_notebook / "data").mkdir()
    shipped = beside_notebook / "data" / "practice.csv.xz"
    shipped.write_bytes(lzma.compress(GOOD.encode()))
    assert obtain_documents().resolve() == shipped
    assert read_documents(shipped)[0][0] == story(1)


def test_practice_documents_written_once_do_not_pass_for_the_real_ones(asked):
    obtain_documents()
    assert find_documents() is None
