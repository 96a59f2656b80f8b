"""Many records in one transaction: together where that goes well, else one by one; again where a user was faster."""

import logging
import random
import time

import psycopg2

from odoo import modules
from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

#: How often a transaction is tried again.
RETRIES = 5
#: Raised when another transaction was faster: the same again, on what it committed, may well succeed.
CONFLICTS = (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError)


def can_commit():
    """Whether the transaction may be committed or rolled back as a whole; not inside a test."""
    return not modules.module.current_test


def run_together_or_one_by_one(env, records, method, on_error=None, errors=Exception):
    """Call ``method(records)``; where it raises, undo what it did and call it with each record alone.

    Each call has a savepoint of its own and is flushed. Conflicts with other transactions and a lost connection are
    raised: they end the whole transaction, see :func:`retry_on_conflict`.

    :param records: recordset or list
    :param method: function of one argument, a part of ``records`` of the same type
    :param on_error: function ``(record, error)``, called after the savepoint of a record that failed alone was rolled
        back; it may write. None: the record is left out.
    :param errors: exception, or tuple of them, that is caught; others are raised
    :return: list with the result of each call that went well
    """
    try:
        # rolling back the savepoint empties the cache too
        with env.cr.savepoint():
            return [method(records)]
    except (psycopg2.OperationalError, ConcurrencyError):
        raise
    except errors as error:
        if len(records) <= 1:
            if on_error:
                on_error(records, error)
            return []
        _logger.warning("%s records are processed one by one after an error.", len(records), exc_info=True)
    return [
        result for index in range(len(records))
        for result in run_together_or_one_by_one(env, records[index:index + 1], method, on_error, errors)]


def retry_on_conflict(env, function, *args):
    """Call ``function(*args)`` and flush; where another transaction was faster, roll back and call it again.

    Everything since the last commit is rolled back, so what was done before must be committed. Inside a test nothing
    is rolled back, and the conflict is raised.

    :return: what ``function`` returns
    :raises psycopg2.Error: the conflict, after :data:`RETRIES` more calls
    """
    for tried in range(RETRIES + 1):
        try:
            result = function(*args)
            env.flush_all()
        except CONFLICTS:
            if not can_commit() or tried == RETRIES:
                raise
            env.cr.rollback()
            time.sleep(random.uniform(0, 0.2 * 2 ** tried))
        else:
            return result
    return None
