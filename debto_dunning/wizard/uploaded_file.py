"""Files that a user hands to a wizard."""

import base64

from odoo.exceptions import UserError


def read_upload(record, content, most_bytes):
    """The bytes of an uploaded file.

    :param content: value of a binary field
    :param most_bytes: the longest file that is read
    :raises UserError: no file, or a longer one
    """
    if not content:
        raise UserError(record.env._("Choose a file first."))
    # looked at before it is unpacked: base64 writes three bytes as four characters
    if len(content) > most_bytes * 4 // 3 + 4 or len(content := base64.b64decode(content)) > most_bytes:
        raise UserError(record.env._("The file is longer than %s MB.", most_bytes // 1024 // 1024))
    return content


def unreadable_words(record, error):
    """Why a table cannot be read, in the user's language.

    :param error: :class:`workbook_bounds.UnreadableFile`
    """
    env = record.env
    return {
        "empty": lambda: env._("the file needs a row of headings and at least one row below it."),
        "old": lambda: env._("this is a file of Excel 97–2003. Save it as .xlsx or .csv."),
        "broken": lambda: env._("the file is damaged, or neither CSV nor XLSX."),
        "rows": lambda: env._("the file has more than %s rows.", error.limit),
        "columns": lambda: env._("the file has more than %s columns.", error.limit),
        "last_row": lambda: env._("the file has something below row %s.", error.limit),
        "cells": lambda: env._("the file has more than %s cells.", error.limit),
        "unpacked": lambda: env._("the workbook is longer than %s MB when it is unpacked.", error.limit),
        "parts": lambda: env._("the workbook consists of more than %s parts.", error.limit),
        "strings": lambda: env._("the workbook holds more than %s texts.", error.limit),
        "others": lambda: env._(
            "the workbook holds more than %s styles, names and drawings. Copy the rows into a new workbook.",
            error.limit),
        "sheets": lambda: env._("the workbook has more than %s sheets.", error.limit),
    }[error.kind]()
