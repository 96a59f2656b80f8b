"""Files that a user hands to a wizard."""

import base64

from odoo.exceptions import UserError

from ..tools.upload import RefusedUpload, clean_upload


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
        raise UserError(_too_long_words(record, most_bytes))
    return content


def read_stranger_upload(record, content, most_bytes):
    """A picture or PDF that a customer uploaded, as it may be kept: pair of bytes and ending of the file name.

    :param content: bytes
    :param most_bytes: the longest file that is taken
    :raises UserError: it is longer, or something else than a picture or PDF
    """
    if len(content) > most_bytes:
        raise UserError(_too_long_words(record, most_bytes))
    try:
        return clean_upload(content)
    except RefusedUpload as error:
        env = record.env
        raise UserError({
            "kind": lambda: env._("Please choose a photo (JPEG, PNG, WebP) or a PDF."),
            "broken": lambda: env._("This file is damaged or too large to be opened."),
            "active": lambda: env._("This PDF contains more than text and pictures. Please print it to a PDF anew."),
        }[error.kind]()) from None


def _too_long_words(record, most_bytes):
    return record.env._("The file is longer than %s MB.", most_bytes // 1024 // 1024)


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
