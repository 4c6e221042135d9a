"""Texts, queries, and what of the texts is shown and marked: both engines are tested with them."""

from __future__ import annotations

from collections.abc import Iterable

HIGHLIGHTS = [
    ("Attention is all you need", "attention", "[Attention] is all you need"),
    ("No networks here; a Network.", "networks", "No [networks] here; a [Network]."),
    ("self-attention, self", "self-attention", "[self-attention], [self]"),
    ("self-attention", "attention", "self-[attention]"),
    ("selfattention", "self-attention", "[selfattention]"),
    ("BERTScore and BERT", "bert", "[BERTScore] and [BERT]"),
    ("transformers and more", "transf*", "[transformers] and more"),
    ("self-attention", "self-att*", "[self-attention]"),
    ("A-MEM or MEM", "A-MEM", "[A-MEM] or MEM"),
    ("Schrödinger, Schro\u0308dinger", "schrodinger", "[Schrödinger], [Schro\u0308dinger]"),
    ("x\u0301y\u0301, xy", "xy", "[x\u0301y\u0301], [xy]"),
    ("हिन्दी भाषा", "हिन्दी", "[हिन्दी] भाषा"),
    ("基于自注意力的模型", "注意力", "基于自[注意力]的模型"),
    ("机器学习", "机", "[机]器学习"),
    ("用BERT做", "bert", "用[BERT]做"),
    ("がくしゅう ガ", "がく", "[がく]しゅう ガ"),
    ("𠀀𠀁𠀂", "𠀁𠀂", "𠀀[𠀁𠀂]"),
    ("one two three", "one -two OR three", "[one] two [three]"),
    ("one two", '"one two"', "[one] [two]"),
    ("one two", "title:one author:two", "[one] [two]"),
    ("nlp 2017 read", "tag:nlp year:2017 status:read", "nlp 2017 read"),
    ("the of and", "the", "the of and"),
    ("anything", "", "anything"),
    ("", "one", ""),
    ("<b>one</b> & two", "two", "<b>one</b> & [two]"),
]
"""(text, query, the text with what is marked in brackets)"""

FILL = " ".join(f"word{number}" for number in range(100))
_TO_32 = " ".join(f"word{number}" for number in range(23))
_FROM_94 = " ".join(f"word{number}" for number in range(95, 100))

SNIPPETS = [
    ("short needle", "needle", "short [needle]"),
    ("", "needle", ""),
    ("nothing here", "needle", "nothing here"),
    (FILL, "nothing", f"{FILL[:200].rpartition(' ')[0]} …"),
    (f"needle {FILL}", "needle", f"[needle] {FILL[:193].rpartition(' ')[0]} …"),
    (
        f"{FILL} needle {FILL}",
        "needle",
        f"… {_FROM_94} [needle] {' '.join(f'word{n}' for n in range(24))} …",
    ),
    (
        f"needle {FILL} hay needle hay {FILL}",
        "hay needle",
        f"… {_FROM_94} [hay] [needle] [hay] {_TO_32} …",
    ),
    (f"{FILL} needle", "needle", f"… {' '.join(f'word{n}' for n in range(73, 100))} [needle]"),
    ("字" * 300 + "注意" + "𠀀" * 300, "注意", "… " + "字" * 40 + "[注意]" + "𠀀" * 158 + " …"),
    ("𠀀" * 300 + "注意" + "字" * 299, "注意", "… " + "𠀀" * 40 + "[注意]" + "字" * 158 + " …"),
    ("𠀀" * 300, "nothing", "𠀀" * 200 + " …"),
    (f"{'x' * 500} needle {'y' * 500}", "needle", "… [needle] …"),
    (f"{'x' * 500}needle", "needle", f"{'x' * 200} …"),
    ("x" * 500, "x*", f"{'x' * 200} …"),
]
"""(text, query, what is shown of it with what is marked in brackets)"""


def shown(pieces: Iterable[tuple[str, bool]]) -> str:
    """Pieces as one text."""
    return "".join(f"[{piece}]" if is_match else piece for piece, is_match in pieces)
