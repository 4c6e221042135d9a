"""Every problem code, its severity and the words that a reader sees. One file, stable codes."""

from __future__ import annotations

from dataclasses import dataclass

from paperkb.model import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Message:
    """A kind of problem: ``text`` and ``hint`` are format strings."""

    code: str
    name: str
    severity: Severity
    text: str
    hint: str = ""

    def at(self, path: str, line: int = 0, column: int = 0, **words: object) -> Problem:
        """The problem at a place; ``words`` fill the text and the hint."""
        return Problem(
            Place(path, line, column),
            self.code,
            self.severity,
            self.text.format(**words),
            self.hint.format(**words),
        )

    def here(self, line: int = 0, column: int = 0, **words: object) -> Problem:
        """The problem in a file whose name is not known yet (see ``Problem.at``)."""
        return self.at("", line, column, **words)


# 0xx: the file and its front matter
UNREADABLE = Message(
    "PKB001",
    "unreadable-file",
    "error",
    "this file cannot be read: {why}",
    "Check its permissions, or leave it out with [vault] exclude in paperkb.toml.",
)
NOT_UTF8 = Message(
    "PKB002",
    "not-utf8",
    "error",
    "{count} bytes are not UTF-8; they are shown as �",
    "Save the file as UTF-8; paperkb changes no byte of it.",
)
NUL = Message(
    "PKB003",
    "nul-character",
    "warning",
    "the note contains a NUL character",
    "Remove it; most editors cannot show it.",
)
EMPTY_NOTE = Message(
    "PKB004",
    "empty-note",
    "warning",
    "the note is empty",
    "Write a title at least, or remove it.",
)
TOO_LARGE = Message(
    "PKB005",
    "too-large",
    "error",
    "the note has {size} MB; more than {limit} MB are not read",
    "Split it, or leave it out with [vault] exclude in paperkb.toml.",
)
OUTSIDE = Message(
    "PKB006",
    "outside-vault",
    "warning",
    "this symbolic link leads out of the vault and is not followed",
    "Move the file into the vault.",
)
NOT_A_FILE = Message(
    "PKB007",
    "not-a-file",
    "warning",
    "this is named like a note but is a {what}",
    "Rename it.",
)
INVALID_YAML = Message(
    "PKB010",
    "invalid-front-matter",
    "error",
    "the front matter is not valid {language}: {why}",
    "What can be read line by line was kept. Quote values with «: » or a symbol in front.",
)
UNCLOSED = Message(
    "PKB011",
    "unclosed-front-matter",
    "error",
    "the front matter opens with «{mark}» and never closes",
    "Add a line «{mark}» after the last field.",
)
DUPLICATE_FIELD = Message(
    "PKB012",
    "duplicate-field",
    "warning",
    "the field «{field}» stands twice; the last one counts",
    "Remove one of the two.",
)
ALIAS_BOMB = Message(
    "PKB013",
    "too-many-aliases",
    "error",
    "the front matter expands to more than {limit} values and is not read",
    "Write the values out instead of repeating YAML aliases.",
)
INVALID_FIELD = Message(
    "PKB014",
    "invalid-field",
    "warning",
    "«{field}» cannot be {value}",
    "{hint}",
)
MISSPELT_FIELD = Message(
    "PKB015",
    "misspelt-field",
    "warning",
    "unknown field «{field}»",
    "Did you mean «{suggestion}»?",
)
UNKNOWN_FIELD = Message(
    "PKB016",
    "unknown-field",
    "info",
    "unknown field «{field}»",
    "paperkb leaves it alone; [vault] extra_fields hides this.",
)
PLACEHOLDER = Message(
    "PKB017",
    "unfilled-placeholder",
    "info",
    "«{field}» still holds the template placeholder {value}",
    "Fill it in or remove the line.",
)
INVALID_ID = Message(
    "PKB018",
    "impossible-id",
    "error",
    "«{field}»: {why}",
    "Check the id; `paperkb id` explains any spelling.",
)
INVALID_DATE = Message(
    "PKB019",
    "impossible-date",
    "error",
    "«{field}»: there is no date {value}",
    "Write dates as YYYY-MM-DD.",
)
HELD_BACK = Message(
    "PKB020",
    "held-back",
    "warning",
    "this may mean that the note is private, so it is held back",
    "Write «private: true» or «private: false», with a space, on a line of its own.",
)
MATH = Message(
    "PKB030",
    "math-error",
    "warning",
    "this formula cannot be shown: {why}",
    "Its source is shown instead. Macros go under [math.macros].",
)

# 1xx: links
UNRESOLVED = Message(
    "PKB101",
    "unresolved-link",
    "warning",
    "no note is named «{target}»",
    "{hint}",
)
AMBIGUOUS = Message(
    "PKB102",
    "ambiguous-link",
    "warning",
    "«{target}» could be {candidates}",
    "Write the path, or the key of the one you mean.",
)
MISSING_FILE = Message(
    "PKB103",
    "missing-file",
    "warning",
    "there is no file «{target}»",
    "{hint}",
)
MISSING_HEADING = Message(
    "PKB104",
    "missing-heading",
    "warning",
    "the note «{target}» has no heading «{anchor}»",
    "{hint}",
)
MISSING_IMAGE = Message(
    "PKB105",
    "missing-image",
    "warning",
    "there is no image «{target}»",
    "{hint}",
)
LEAVES_VAULT = Message(
    "PKB106",
    "link-leaves-vault",
    "warning",
    "«{target}» leads out of the vault and is not published",
    "Move the file into the vault.",
)
UNRESOLVED_CITATION = Message(
    "PKB107",
    "unresolved-citation",
    "warning",
    "no note or bibliography entry has the citation key «{target}»",
    "{hint}",
)
EMPTY_LINK = Message(
    "PKB108",
    "empty-link",
    "warning",
    "this link has no target",
    "Fill it in, or remove the link.",
)
PUBLISHED_AS_TEXT = Message(
    "PKB109",
    "published-as-text",
    "info",
    "«{target}» is published as text: a browser would run it",
    "",
)
ACTIVE_PICTURE = Message(
    "PKB110",
    "active-picture",
    "warning",
    "«{target}» is published without {what}",
    "Export the picture without scripts, events, and addresses of others.",
)

# 2xx: the vault as a whole
DUPLICATE_KEY = Message(
    "PKB201",
    "duplicate-key",
    "error",
    "the key «{key}» is shared with {others}",
    "Rename one file: links to «{key}» are ambiguous until then.",
)
DUPLICATE_ID = Message(
    "PKB202",
    "duplicate-id",
    "error",
    "{id} is also the paper of {others}",
    "Merge the notes, or correct the id of one.",
)
BIBLIOGRAPHY = Message(
    "PKB203",
    "bibliography-entry",
    "warning",
    "{why}",
    "Correct the entry; the others were read.",
)
WITHHOLDS_NOTHING = Message(
    "PKB204",
    "withholds-nothing",
    "warning",
    "[publish] exclude: no file and no tag is «{pattern}»",
    "What it was meant to keep back is published.",
)

EXCLUDES_NOTHING = Message(
    "PKB205",
    "excludes-nothing",
    "warning",
    "[vault] exclude: no file or folder is «{pattern}»",
    "What it was meant to leave out is read as part of the vault.",
)


def all_messages() -> tuple[Message, ...]:
    """Every message, in the order of the codes (for the reference page and its test)."""
    found = [value for value in globals().values() if isinstance(value, Message)]
    return tuple(sorted(found, key=lambda message: message.code))
