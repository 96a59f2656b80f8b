"""What the tests of the night share: a ledger to copy, a process of Odoo's that answers again and again, and what must
hold whatever was killed.
"""

import contextlib
import multiprocessing.connection
import pathlib
import subprocess
import sys
import time

import databases
import template

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAKE_LEDGER = ROOT.parent / "shared" / "bench" / "make_ledger.py"

#: Switches the reminders on: a bank account for the payment codes, whatever was due so far, some without e-mail.
SWITCH_ON = """
company = env.company
bank = env["res.partner.bank"].create({
    "acc_number": "BE68539007547034", "partner_id": company.partner_id.id, "allow_out_payment": True})
env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", company.id)], limit=1).bank_account_id = bank
policy = env.ref("debto_dunning.policy_friendly")
policy.write({f"quiet_{day}": False for day in (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")})
# what the steps ask besides is kept, or not, with the rest
policy.level_ids.filtered(lambda level: level.number > 0).write({"costs": "collection", "asks_interest": True})
company.write({"dunning_active": True, "dunning_bank_max_age": 0, "dunning_from_date": False})
customers = env["res.partner"].search([("name", "=like", "Customer %")], order="id")
customers[::16].write({"email": False, "street": "Kerkstraat 1", "zip": "9300", "city": "Aalst"})
customers[1::25].write({"email": False})
env.cr.commit()
"""

#: The steps that are due tonight; the night; its delivery.
DUE = """
rows = env["dunning.run"]._decide(env.company, env.company._dunning_today())
answer([(row["item"], row["level"]) for row in rows if row["reason"] is None])
"""
RUN = "env['dunning.run']._run(env.company, env.company._dunning_today())"
#: Between the night and its delivery, addresses are changed to ones that do not work.
SPOIL = """
env["res.partner"].search([("name", "=like", "Customer %")], order="id")[2::25].email = "nobody at example"
"""
DELIVER = "env['dunning.communication']._deliver()"

#: The code of a worker: takes code from a socket, gives what it answered, each in a cursor of its own.
WORKER = """
import multiprocessing.connection, traceback
from odoo.modules.registry import Registry
env.cr.rollback()
registry = Registry(env.cr.dbname)
with multiprocessing.connection.Listener({path!r}, "AF_UNIX") as listener:
    with listener.accept() as caller:
        while True:
            try:
                code = caller.recv()
            except EOFError:
                break
            given = []
            try:
                with registry.cursor() as cr:
                    exec(compile(code, "<code>", "exec"), {{
                        "env": odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {{}}), "odoo": odoo,
                        "answer": given.append}})
                caller.send((given[-1] if given else None, None))
            except Exception:
                caller.send((None, traceback.format_exc()))
"""


def make_ledger(name, invoices, partners, unpaid=0.0, log=None):
    """Fill the database ``name`` with a ledger of which many invoices are overdue, and switch the reminders on."""
    done = subprocess.run(
        [sys.executable, str(MAKE_LEDGER), "-d", name, "--invoices", str(invoices), "--partners", str(partners),
         "--unpaid", str(unpaid), "--check", "5"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-4000:]
    template.odoo("shell", "-d", name, "--no-http", log=log or "make-ledger.log", code=SWITCH_ON)


class Worker:
    """A process of Odoo's that stays: ``worker(code)`` runs code and gives what it answered.

    Committed is what the code commits or what stands at its end.
    """

    def __init__(self, start, db, path):
        self.process = start(db, WORKER.format(path=str(path)))
        until = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError):
                self.connection = multiprocessing.connection.Client(str(path), "AF_UNIX")
                break
            assert self.process.poll() is None and time.monotonic() < until, self.output()
            time.sleep(0.1)

    def output(self):
        return self.process.log.read_text(errors="replace")[-6000:]

    def __call__(self, code, timeout=120):
        self.connection.send(code)
        assert self.connection.poll(timeout), self.output()
        value, error = self.connection.recv()
        assert error is None, f"{error}\n{self.output()}"
        return value


def rows(name, statement, *parameters):
    return databases.execute(statement, *parameters, name=name)


def steps(name):
    """The standing steps as written: sorted triples (item, level, number of lines)."""
    return rows(name, """
        SELECT move_line_id, level_id, count(*)::int FROM dunning_communication_line
         WHERE level_id IS NOT NULL AND void IS NOT TRUE GROUP BY 1, 2 ORDER BY 1, 2""")


def check_prepared(name, due):
    """Every due item has exactly one line of its step, and nothing else has one.

    :param due: list of pairs (item, level) that were due before the night
    """
    assert steps(name) == [(item, level, 1) for item, level in sorted(due)]
    assert rows(name, "SELECT count(*) FROM dunning_communication WHERE is_reminder AND state = 'draft'") == [(0,)]
    # a second communication to the same contact in the same way would be two messages instead of one
    assert not rows(name, """
        SELECT partner_id, channel, currency_id FROM dunning_communication
         WHERE is_reminder AND previous_id IS NULL GROUP BY 1, 2, 3 HAVING count(*) > 1""")
    assert not rows(name, """
        SELECT id FROM dunning_communication communication WHERE is_reminder AND NOT EXISTS (
               SELECT FROM dunning_communication_line WHERE communication_id = communication.id)""")


def check_delivered(name, due):
    """Each communication left exactly once over its channel, and the invoices stand where the log says."""
    assert steps(name) == [(item, level, 1) for item, level in sorted(due)]
    assert not rows(name, "SELECT id FROM dunning_communication WHERE state IN ('draft', 'queued')")
    assert not rows(name, """
        SELECT communication.id, communication.channel, communication.state, count(mail.id)
          FROM dunning_communication communication
          LEFT JOIN mail_mail mail ON mail.id IN (
               SELECT mail_mail.id FROM mail_mail JOIN mail_message message ON message.id = mail_mail.mail_message_id
                WHERE message.model = 'dunning.communication' AND message.res_id = communication.id)
         WHERE communication.is_reminder
         GROUP BY communication.id
        HAVING count(mail.id) <> (communication.channel = 'email' AND communication.state = 'sent')::int""")
    assert not rows(name, """
        SELECT message.message_id FROM mail_mail mail JOIN mail_message message ON message.id = mail.mail_message_id
         WHERE message.model = 'dunning.communication' GROUP BY 1 HAVING count(*) > 1""")
    assert not rows(name, """
        SELECT id FROM dunning_communication WHERE is_reminder AND channel = 'letter' AND state = 'sent'
           AND (letter_batch_id IS NULL OR letter_attachment_id IS NULL)""")
    # all calls of a debtor are one activity, and no activity is without its call
    wrong = rows(name, """
        SELECT communication.id, communication.debtor_id, activity.res_id, activity.active
          FROM dunning_communication communication
          LEFT JOIN mail_activity activity ON activity.id = communication.call_activity_id
         WHERE communication.is_reminder AND communication.channel = 'call' AND communication.state = 'sent'
           AND (activity.res_model, activity.res_id) IS DISTINCT FROM ('dunning.debtor', communication.debtor_id)""")
    assert not wrong, wrong
    wrong = rows(name, """
        SELECT activity.res_id, count(DISTINCT activity.id), count(communication.id), min(activity.summary)
          FROM mail_activity activity
          LEFT JOIN dunning_communication communication ON communication.call_activity_id = activity.id
         WHERE activity.res_model = 'dunning.debtor'
         GROUP BY activity.res_id HAVING count(DISTINCT activity.id) > 1 OR count(communication.id) = 0""")
    assert not wrong, wrong
    wrong = rows(name, """
        SELECT item.id, item.dunning_level, item.dunning_level_id, move.dunning_level_id, line.level_id
          FROM account_move_line item
          JOIN account_move move ON move.id = item.move_id
          FULL JOIN (SELECT line.move_line_id, line.level_id FROM dunning_communication_line line
                       JOIN dunning_communication communication ON communication.id = line.communication_id
                      WHERE line.level_id IS NOT NULL AND line.void IS NOT TRUE AND communication.state = 'sent') line
            ON line.move_line_id = item.id
         WHERE (item.dunning_level_id IS NOT NULL OR line.level_id IS NOT NULL)
           AND (item.dunning_level_id IS DISTINCT FROM line.level_id
                OR move.dunning_level_id IS DISTINCT FROM line.level_id)""")
    assert not wrong
    # what was asked besides is kept once, as it was said
    asked = rows(name, """
        SELECT line.move_line_id, round(line.amount_cost, 2), round(line.amount_interest, 2)
          FROM dunning_communication_line line
          JOIN dunning_communication communication ON communication.id = line.communication_id
         WHERE communication.state = 'sent' AND line.void IS NOT TRUE AND line.amount_cost + line.amount_interest > 0
         ORDER BY 1""")
    assert asked
    assert asked == rows(name, """
        SELECT move_line_id, round(cost_amount, 2), round(interest_amount, 2)
          FROM dunning_charge WHERE amount > 0 ORDER BY 1""")
    # a note in the chatter of each invoice, once
    assert not rows(name, """
        SELECT move_id FROM (
            SELECT line.move_id, (
                   SELECT count(*) FROM mail_message
                    WHERE model = 'account.move' AND res_id = line.move_id AND message_type = 'notification'
                      AND body LIKE '%%asked, due%%') AS notes
              FROM dunning_communication_line line WHERE level_id IS NOT NULL AND void IS NOT TRUE) AS noted
         WHERE notes <> 1""")
