"""Gradescope: `submission_metadata.yml`, and a folder `submission_<id>` each; several submitters are a group."""

import yaml

from grading.downloads.attempt import Attempt

MANIFEST = "submission_metadata.yml"


def read(names, text):
    """The Attempts of an export of Gradescope, or [] where it is none.  Raises ValueError for a broken manifest."""
    manifest = next((name for name in names if name.parts == (MANIFEST,)), None)
    if manifest is None:
        return []
    folders = {}
    for name in names:
        if len(name.parts) > 1:
            folders.setdefault(name.parts[0], {})["/".join(name.parts[1:])] = name
    told = told_by(text(manifest))
    return [attempt(key, told.get(key, {}), files) for key, files in sorted(folders.items())]


def told_by(manifest):
    """The folder's name -> what the manifest says of it.  Raises ValueError."""
    try:
        told = yaml.load(manifest, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as reason:
        raise ValueError(f"{MANIFEST} is no YAML ({type(reason).__name__}); download the export again.") from None
    if not isinstance(told, dict):
        raise ValueError(f"{MANIFEST} holds no submissions; download the export again.")
    return {str(key): value for key, value in told.items() if isinstance(value, dict)}


def attempt(key, told, files):
    """One folder's Attempt, by the first submitter's student id, e-mail address or name, or else by the folder."""
    people = [person for person in told.get(":submitters") or [] if isinstance(person, dict)]
    keys = tuple(key_of(person) or key for person in people)
    names = tuple(str(person.get(":name") or key_of(person)) for person in people)
    called = " and ".join(str(person[":name"]) for person in people if person.get(":name"))
    at = str(told.get(":created_at", ""))
    return Attempt(next(iter(keys), key), called, files, at=at, members=names, member_keys=keys)


def key_of(person):
    return str(person.get(":sid") or person.get(":email") or person.get(":name") or "")
