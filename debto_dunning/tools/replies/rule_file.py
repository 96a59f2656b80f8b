"""The rules that come with the addon, read from its data file."""

import pathlib
from xml.etree import ElementTree

from .rules import Rule

SHIPPED = pathlib.Path(__file__).resolve().parents[2] / "data" / "dunning_reply_rules.xml"


def read_rules(path=SHIPPED):
    """The :class:`.rules.Rule` s of a data file of Odoo with records of ``dunning.reply.rule``."""
    rules = []
    for record in ElementTree.parse(path).getroot().iter("record"):
        values = {field.get("name"): field.text or "" for field in record.iter("field")}
        rules.append(Rule(
            name=values["name"],
            label=values["label"],
            patterns=read_lines(values["patterns"]),
            exceptions=read_lines(values.get("exceptions")),
            language=values.get("language") or None,
            category=values.get("category") or None,
            weight=int(values.get("weight") or 0),
            place=values.get("place") or "text",
        ))
    return rules


def read_lines(text):
    """The patterns in a text, one a line."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
