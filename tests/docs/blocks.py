"""What pages tell a reader to type: files, commands with what they print, and mentions of commands."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

_FENCE = re.compile(r"^```(\w*)[ ]*(.*?)\n(.*?)^```", re.M | re.S)
_TITLE = re.compile(r'title="([^"]+)"')
_EXIT = re.compile(r"\s+# exit (\d)$")
_CALL = re.compile(r"""(?:^|(?<!-u)[\s=/"'`])(?:maillage|configs/submit\.py) +(.*)""")
_INLINE = re.compile(r"`maillage ([^`]+)`")
_OPTIONAL = re.compile(r"\[(--[^\]]*)\]")
_ENDS = ("|", "||", ">", ">>", "<", ";", "&&", "&", "#", "2>", "2>>", "<<<")


@dataclass(frozen=True)
class File:
    """A block with a title: the reader saves it under that name."""

    name: str
    text: str


@dataclass
class Command:
    """A line behind a `$`, and the lines that it prints, `…` for what differs."""

    line: str
    exit_code: int = 0
    prints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    language: str
    info: str
    text: str


def blocks(page: str) -> list[Block]:
    """Every fenced block of a page, in order."""
    return [Block(*found) for found in _FENCE.findall(page)]


def steps(page: str) -> Iterator[File | Command]:
    """What a reader does, in order: saves titled blocks, types what stands behind `$` in console blocks."""
    for block in blocks(page):
        title = _TITLE.search(block.info)
        if title:
            yield File(title[1], block.text)
        elif block.language == "console":
            yield from _typed(block.text)


def _typed(text: str) -> Iterator[Command]:
    command: Command | None = None
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command
            code = _EXIT.search(line)
            command = Command(_EXIT.sub("", line[2:]), int(code[1]) if code else 0)
        elif command and line.strip():
            command.prints.append(line)
    if command:
        yield command


def lacking(command: Command, output: str) -> str | None:
    """The first line that was to be printed and was not, in this order; None when all were."""
    lines = iter(output.splitlines())
    for wanted in command.prints:
        pattern = re.compile(".*".join(re.escape(" ".join(part.split())) for part in wanted.split("…")))
        if not any(pattern.search(" ".join(line.split())) for line in lines):
            return wanted
    return None


def calls(page: str) -> list[list[str]]:
    """Words behind `maillage` in fenced and indented blocks of any language."""
    code = [block.text for block in blocks(page)]
    code += re.findall(r"^    .+$", _FENCE.sub("", page), re.M)
    found = (_CALL.search(line) for text in code for line in _joined(text).splitlines())
    called = (_words(_OPTIONAL.sub(r"\1", match[1]), match[0][0]) for match in found if match)
    return [words for words in called if words]


def _joined(text: str) -> str:
    return text.replace("\\\n", " ")


def _words(text: str, before: str) -> list[str]:
    """Words of a command up to a pipe, a comment, or the quote that it stands in."""
    if before in "\"'":
        text = text.split(before)[0]
    lexer = shlex.shlex(text, posix=True, punctuation_chars="|<>;&")
    lexer.whitespace_split, lexer.commenters = True, "#"
    words = list(lexer)
    end = next((i for i, word in enumerate(words) if word in _ENDS), len(words))
    return words[:end]


def mentions(page: str) -> list[list[str]]:
    """Words behind `maillage` in code within a sentence."""
    return [text.split() for text in _INLINE.findall(_FENCE.sub("", page))]
