"""Several runs and deliverers at once, while people work: the same as one, and nobody gets an error message."""

import threading
import time
import xmlrpc.client

import psycopg2
import pytest

import nights
from nights import DELIVER, RUN, SPOIL

#: Waits for the others at a door, then works; small batches, so that they meet often.
AT_ONCE = """
import pathlib, time
from odoo.addons.debto_dunning.models.communication import dunning_communication_deliver
from odoo.addons.debto_dunning.models.law import dunning_charge_settle
from odoo.addons.debto_dunning.models.night import dunning_run
dunning_run.DEBTORS_PER_BATCH = 4
dunning_charge_settle.BOOKED = 3
dunning_communication_deliver.BATCH = 3
env.cr.rollback()
door = pathlib.Path({door!r})
(door / "{number}").touch()
while len(list(door.iterdir())) < {count}:
    time.sleep(0.005)
answer({work})
env.cr.commit()
"""


@pytest.fixture
def at_once(odoo_start, tmp_path):
    """A function that starts `work` in `count` processes at the same moment and returns them at once."""
    def start(name, work, count, others=0):
        door = tmp_path / f"door{time.monotonic_ns()}"
        door.mkdir()
        return door, [odoo_start(name, AT_ONCE.format(door=str(door), number=number, count=count + others, work=work))
                      for number in range(count)]

    return start


def finish(processes):
    for process in processes:
        assert process.wait(240) == 0, process.log.read_text(errors="replace")[-6000:]
    return [process.answer() for process in processes]


def test_two_runs_are_one(due_db, at_once, odoo_shell):
    name, due = due_db
    _door, processes = at_once(name, f"{RUN}.id", 2)
    first, second = finish(processes)
    assert first == second
    nights.check_prepared(name, due)
    assert nights.rows(name, "SELECT phase, due_count FROM dunning_run") == [("done", len(due))]
    counts = dict(nights.rows(
        name, "SELECT reason, count(*) FROM dunning_run_count WHERE reason IS NOT NULL GROUP BY 1"))
    assert set(counts.values()) <= {1}


def test_four_deliverers_are_one(due_db, at_once, odoo_shell):
    name, due = due_db
    odoo_shell(name, f"{RUN}\n{SPOIL}\nenv.cr.commit()")
    (queued,), = nights.rows(name, "SELECT count(*) FROM dunning_communication WHERE state = 'queued'")
    _door, processes = at_once(name, DELIVER, 4)
    taken = finish(processes)
    # the addresses that do not work bring a second communication each
    (made,), = nights.rows(name, "SELECT count(*) FROM dunning_communication WHERE is_reminder")
    assert queued < made == sum(taken)
    assert sum(count > 0 for count in taken) > 1
    nights.check_delivered(name, due)


def test_documents_of_charges_are_booked_once(due_db, at_once, odoo_shell):
    name, _due = due_db
    odoo_shell(name, f"{RUN}\n{DELIVER}\nenv.cr.commit()")
    odoo_shell(name, """
accounts = env["account.account"].search([("account_type", "=", "income")], limit=1)
env.company.write({
    "dunning_charge_posting": "level", "dunning_charge_level": 1, "dunning_cost_account_id": accounts.id,
    "dunning_interest_account_id": accounts.id, "dunning_charge_journal_id": env["account.journal"].search([
        ("type", "=", "sale"), ("company_id", "=", env.company.id)], limit=1).id})
env.cr.commit()""")
    _door, processes = at_once(
        name, "env['dunning.charge']._book_from_step()", 3)
    finish(processes)
    assert not nights.rows(name, """
        SELECT charge.id, count(move.id), sum(move.amount_total) FROM dunning_charge charge
          LEFT JOIN account_move move ON move.dunning_charge_id = charge.id AND move.state = 'posted'
         WHERE charge.amount > 0 GROUP BY charge.id
        HAVING count(move.id) <> 1 OR sum(move.amount_total) <> charge.amount""")


class User(threading.Thread):
    """Somebody at work over XML-RPC until told to stop; keeps what went wrong and what was done."""

    def __init__(self, address, name, job):
        super().__init__()
        self.address, self.name_of_db, self.job = address, name, job
        self.ended = threading.Event()
        self.errors, self.done = [], []

    def run(self):
        proxy = xmlrpc.client.ServerProxy(f"{self.address}/xmlrpc/2/object", allow_none=True)

        def call(model, method, *args, **kwargs):
            return proxy.execute_kw(self.name_of_db, 2, "admin", model, method, list(args), kwargs)

        number = 0
        while not self.ended.is_set():
            try:
                self.done.append(self.job(call, number))
            except Exception as error:  # whatever a user would see
                self.errors.append(str(error)[-2000:])
            number += 1


def customers(call, number):
    ids = call("res.partner", "search", [("name", "=like", "Customer %")], order="id")
    return ids[(7 * number) % len(ids)]


def edit_partner(call, number):
    partner = customers(call, number)
    call("res.partner", "write", [partner], {"comment": f"<p>Note {number}</p>", "phone": f"+32 53 00 {number:04}"})
    return partner, f"+32 53 00 {number:04}"


def post_invoice(call, number):
    """Every third for a customer whom nobody has sold to yet: posting creates the debtor."""
    partner = customers(call, number) if number % 3 else call("res.partner", "create", {"name": f"New {number}"})
    move = call("account.move", "create", {
        "move_type": "out_invoice", "partner_id": partner, "invoice_date": "2026-01-05",
        "invoice_line_ids": [(0, 0, {"name": "Work", "quantity": 1, "price_unit": 100.0})]})
    call("account.move", "action_post", [move])
    return move


def pay_invoice(call, number):
    moves = call("account.move", "search", [
        ("move_type", "=", "out_invoice"), ("payment_state", "=", "not_paid"), ("state", "=", "posted"),
        ("partner_id.name", "=like", "Customer %")], order="id", limit=1, offset=5 * number % 40)
    wizard = call("account.payment.register", "create", {}, context={
        "active_model": "account.move", "active_ids": moves})
    call("account.payment.register", "action_create_payments", [wizard])
    return moves[0]


def test_people_work_while_it_is_night(due_db, at_once, odoo_server, odoo_shell):
    name, _due = due_db
    address = odoo_server(name)
    door, processes = at_once(name, f"({RUN}.id, {DELIVER})", 2, others=1)
    users = [User(address, name, job) for job in (edit_partner, post_invoice, pay_invoice)]
    for user in users:
        user.start()
    # all are at their desks, then the night begins
    until = time.monotonic() + 90
    while not all(user.done or user.errors for user in users) or len(list(door.iterdir())) < 2:
        assert time.monotonic() < until, [user.errors for user in users]
        time.sleep(0.05)
    before = [len(user.done) for user in users]
    (door / "people").touch()
    try:
        finish(processes)
    finally:
        for user in users:
            user.ended.set()
        for user in users:
            user.join()
    odoo_shell(name, f"{DELIVER}\nenv.cr.commit()")
    assert not [error for user in users for error in user.errors]
    editor, seller, payer = users
    # they did work during the night itself
    assert all(len(user.done) > count for user, count in zip(users, before, strict=True))
    phones = dict(editor.done)
    assert dict(nights.rows(name, "SELECT id, phone FROM res_partner WHERE id = ANY(%s)", list(phones))) == phones
    posted = nights.rows(
        name, "SELECT count(*) FROM account_move WHERE state = 'posted' AND id = ANY(%s)", seller.done)
    assert posted == [(len(seller.done),)]
    unpaid = nights.rows(name, """
        SELECT id, payment_state FROM account_move
         WHERE payment_state NOT IN ('paid', 'in_payment', 'partial') AND id = ANY(%s)""", payer.done)
    assert not unpaid
    # and the night was whole: one line a step, one mail a communication, nothing left in the queue
    assert {count for _item, _level, count in nights.steps(name)} == {1}
    assert nights.rows(name, "SELECT phase FROM dunning_run") == [("done",)]
    assert nights.rows(name, "SELECT count(*) FROM dunning_communication WHERE state = 'queued'") == [(0,)]
    assert not nights.rows(name, """
        SELECT res_id FROM mail_message JOIN mail_mail ON mail_mail.mail_message_id = mail_message.id
         WHERE model = 'dunning.communication' GROUP BY 1 HAVING count(*) > 1""")


def test_first_invoice_while_the_file_is_being_made(fresh_db, odoo_server):
    """The night creates the debtor of a customer at the same moment as the user who posts the first invoice."""
    address = odoo_server(fresh_db)
    proxy = xmlrpc.client.ServerProxy(f"{address}/xmlrpc/2/object", allow_none=True)

    def call(model, method, *args, **kwargs):
        return proxy.execute_kw(fresh_db, 2, "admin", model, method, list(args), kwargs)

    partner = call("res.partner", "create", {"name": "New"})
    move = call("account.move", "create", {
        "move_type": "out_invoice", "partner_id": partner, "invoice_date": "2026-01-05",
        "invoice_line_ids": [(0, 0, {"name": "Work", "quantity": 1, "price_unit": 100.0})]})
    night = psycopg2.connect(dbname=fresh_db)
    with night.cursor() as cursor:
        cursor.execute("""
            INSERT INTO dunning_debtor (partner_id, company_id, active, payment_means, create_date, write_date)
            VALUES (%s, 1, TRUE, 'transfer', now(), now())""", [partner])
    timer = threading.Timer(1.0, night.commit)
    timer.start()
    try:
        call("account.move", "action_post", [move])
    finally:
        timer.join()
        night.close()
    assert nights.rows(fresh_db, "SELECT state FROM account_move WHERE id = %s", move) == [("posted",)]
    assert nights.rows(fresh_db, "SELECT count(*) FROM dunning_debtor WHERE partner_id = %s", partner) == [(1,)]
