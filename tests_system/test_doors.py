"""Another addon adds a channel, a kind of message, a pause, an exclusion and a placeholder by the doors alone."""

import subprocess
import sys

import addons
import nights

ADDONS = nights.ROOT / "tests_system" / "addons"

#: A night with customers of whom each meets one of the doors.
NIGHT = """
from datetime import timedelta
from odoo import Command
company = env.ref("base.main_company")
today = company._dunning_today()
policy = env["dunning.policy"].create({"name": "Doors", "level_ids": [Command.create({
    "number": 1, "days": 1, "name": "First", "subject": "Pay", "channel": "sms", "min_gap_days": 0,
    "body": "Please pay {total}. It is {weather}."})]})
company.write({"dunning_active": True, "dunning_bank_max_age": 0, "dunning_policy_id": policy.id,
               "dunning_consumer_policy_id": policy.id})
names = ("Phone", "No phone", "Sample", "Moving", "Strike")
partners = {name: env["res.partner"].create({
    "name": name, "is_company": True, "email": f"{name.replace(' ', '.').lower()}@example.com",
    "phone": "+32 53 00 00 00" if name == "Phone" else False}) for name in names}
moves = {name: env["account.move"].create({
    "move_type": "out_invoice", "partner_id": partner.id, "invoice_date": today - timedelta(days=60),
    "invoice_date_due": today - timedelta(days=30), "invoice_payment_term_id": False,
    "ref": "sample" if name == "Sample" else False,
    "invoice_line_ids": [Command.create({"name": "x", "price_unit": 100, "tax_ids": []})],
}) for name, partner in partners.items()}
for move in moves.values():
    move.action_post()
    move.is_move_sent = True
debtor_of = lambda name: env["dunning.debtor"]._for_partners(partners[name], company)
env["dunning.hold"].create([
    {"debtor_id": debtor_of("Moving").id, "kind": "moving"},
    {"move_id": moves["Strike"].id, "kind": "strike", "date_until": today + timedelta(days=3)}])
decided = {row["move"]: row["reason"] for row in env["dunning.run"]._decide_rows(company, today)}
run = env["dunning.run"]._run(company, today)
Communication = env["dunning.communication"]
Communication._wish(debtor_of("Phone") | debtor_of("Sample"))
partners["Sample"].ref = "no wishes"
env.cr.commit()
Communication._deliver()
env.cr.commit()
told = Communication.search([("kind", "=", "reminder")])
wishes = Communication.search([("kind", "=", "wishes")])
answer({
    "reasons": {name: decided[move.id] for name, move in moves.items()},
    "why": moves["Moving"].dunning_hold_reason,
    "told": {one.customer_id.name: [one.channel, one.state, one.amount_total] for one in told},
    "text": partners["Phone"].comment,
    "levels": {name: move.dunning_level for name, move in moves.items()},
    "wishes": {one.customer_id.name: [one.state, one.customer_id.ref] for one in wishes},
    "counts": {count.reason: count.label for count in run.count_ids if count.reason},
})
"""


def test_an_addon_adds_what_it_wants_without_touching_ours(fresh_db, odoo_start):
    path = ",".join(map(str, (*addons.addons_paths(), ADDONS)))
    done = subprocess.run(
        [sys.executable, "-m", "odoo", "-d", fresh_db, "-i", "debto_dunning_test_doors", "--stop-after-init",
         "--no-http", "--addons-path", path], capture_output=True, text=True, check=False, cwd=nights.ROOT)
    assert done.returncode == 0, done.stderr[-4000:]
    assert " ERROR " not in done.stderr, done.stderr[-4000:]

    process = odoo_start(fresh_db, NIGHT, "--addons-path", path)
    assert process.wait(300) == 0, process.log.read_text(errors="replace")[-6000:]
    found = process.answer()
    assert found["reasons"] == {
        "Phone": None, "No phone": None, "Sample": "sample", "Moving": "moving", "Strike": "item_hold"}
    assert found["why"] == "the customer moves house"
    assert found["told"] == {"Phone": ["sms", "sent", 100.0], "No phone": ["email", "sent", 100.0]}
    assert "It is sunny." in found["text"]
    assert found["levels"] == {"Phone": 1, "No phone": 1, "Sample": 0, "Moving": 0, "Strike": 0}
    assert found["wishes"] == {"Phone": ["sent", "wished"], "Sample": ["cancelled", "not wished"]}
    assert found["counts"]["sample"] == "a sample"
