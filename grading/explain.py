"""One rubric item or one misconception, in words, with its equation."""

from grading.room import RoomError


def explain(room, identifier):
    """A text on the item or misconception called `identifier`.  Raises RoomError if there is none."""
    words = room.words.tables
    if identifier in room.items:
        return explain_item(room, identifier)
    if identifier in words["misconceptions"]:
        parts = room.load("misconceptions").CATALOGUE.parts_of(identifier)
        where = [part for part in parts if part in room.items]
        lines = [identifier, "", room.words.misconception(identifier)]
        for item_id in where:
            lines += ["", f"{words['items'][item_id]['title']}: {room.items[item_id].equation}"]
        return "\n".join(lines)
    known = sorted({*room.items, *words["misconceptions"]})
    near = [name for name in known if identifier.lower() in name] or known
    raise RoomError(f"there is no item or misconception called {identifier!r}; try one of: {', '.join(near)}.")


def explain_item(room, item_id):
    item, said = room.items[item_id], room.words.tables["items"][item_id]
    place = f"{item.file}, {item.target}" if item.target else item.file or "the whole submission"
    lines = [
        f"{said['title']} ({item.id}), {item.points:g} points",
        "",
        said["belief"],
        f"Equation  {item.equation}",
        f"Where     {place}",
        f"Ask       {said['question']}",
    ]
    readings = dict.fromkeys(entry.id for entry in room.load("misconceptions").CATALOGUE.of(item_id))
    if readings:
        lines += ["", "Known mistakes: " + ", ".join(readings)]
    return "\n".join(lines)
