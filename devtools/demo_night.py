"""The demo's nights: some of the last weeks, so that the levels differ, and tonight's."""
import contextlib
import datetime as dt
import os
import threading
from collections import Counter

from freezegun import freeze_time

import demo_answers
from demo_data import COMPANY
from demo_invoices import workday

#: How many days before today the earlier nights are.
EARLIER = (42, 28, 13)
MAIL_SERVER = "Mail catcher of the demo"


def run(env, today, say=print):
    """Switch the reminders of the demo's company on and go through its nights up to `today`, mails included.

    Commits as it goes, and may be called again where it was stopped.

    :return: the last night's ``dunning.run``
    """
    env = env(context=dict(env.context, lang="en_US"))
    company = env["res.company"].search([("name", "=", COMPANY["name"])], order="id", limit=1)
    if not company:
        raise RuntimeError(f"there is no company {COMPANY['name']}: build the ledger first")
    env = env(context=dict(env.context, allowed_company_ids=company.ids))
    company = company.with_env(env)
    with _web_server(env):
        nights = [workday(today - dt.timedelta(days=days)) for days in EARLIER]
        with _at(nights[0]):
            _prepare(env, company, today)
        for date in (*nights, today):
            night = env["dunning.run"].search(
                [("company_id", "=", company.id), ("date", "=", date), ("phase", "=", "done")])
            with _at(date):
                if not night:
                    if date != today:
                        _say_bank_is_booked(env, company, date)
                    night = env["dunning.run"]._run(company, date)
                elif date != today:
                    continue
                _deliver(env)
                if date != today:
                    _morning_after(env, company, night, nights.index(date))
            sent = Counter(night.communication_ids.mapped("channel"))
            say(f"  night of {date}: " + (", ".join(f"{count} {channel}" for channel, count in sorted(sent.items()))
                                           or "nothing"))
        _print_letters(env, company)
        env.cr.commit()
    return night


def _at(date):
    """The clock at half past three of the night of `date`, in Belgium."""
    return freeze_time(dt.datetime.combine(date, dt.time(2, 30)), tick=True)


@contextlib.contextmanager
def _web_server(env):
    """Odoo's own web server on a free port while documents are printed: wkhtmltopdf fetches their styles from it."""
    import odoo.http
    from odoo.service.server import ThreadedWSGIServerReloadable, load_server_wide_modules

    load_server_wide_modules()
    server = ThreadedWSGIServerReloadable("127.0.0.1", 0, odoo.http.root)
    threading.Thread(target=server.serve_forever, name="demo.http", daemon=True).start()
    parameters = env["ir.config_parameter"]
    parameters.set_param("report.url", f"http://127.0.0.1:{server.server_port}")
    env.cr.commit()
    try:
        yield
    finally:
        server.shutdown()
        env.cr.rollback()
        parameters.set_param("report.url", False)
        env.cr.commit()


# --- before the first night --------------------------------------------------------------------------------------

def _prepare(env, company, today):
    _name_mail_server(env)
    parameters = env["ir.config_parameter"]
    parameters.set_param("web.base.url", f"http://127.0.0.1:{os.environ.get('DEMO_PORT', 8069)}")
    parameters.set_param("web.base.url.freeze", "True")
    if not company.dunning_active:
        _switch_on(env, company)
        env["dunning.debtor"]._refresh(company, today)
        _know_customers(env, company)
    env.cr.commit()


def _say_bank_is_booked(env, company, date):
    """An says that the bank was booked on an earlier day; statements tell it of the last weeks only."""
    env["dunning.confirm.bank"].with_user(_user(env, "an")).sudo().create({
        "company_id": company.id, "date": date,
        "journal_ids": [(6, 0, env["account.bank.statement"].search(
            [("company_id", "=", company.id)]).journal_id.ids)]}).action_confirm()
    env.cr.commit()


def _name_mail_server(env):
    port = int(os.environ.get("SMTP_PORT") or os.environ.get("DEMO_SMTP_PORT") or 1025)
    values = {"name": MAIL_SERVER, "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_encryption": "none",
              "sequence": 1, "from_filter": COMPANY["domain"]}
    server = env["ir.mail_server"].search([("name", "=", MAIL_SERVER)], limit=1)
    if server:
        server.write(values)
    else:
        env["ir.mail_server"].create(values)


def _user(env, login):
    return env["res.users"].search([("login", "=", login)], limit=1) or env.user


def _switch_on(env, company):
    # who switched on is a person
    env = env(user=_user(env, "an").id, su=True)
    _state_terms(env, company)
    env["dunning.activate"].create({
        "company_id": company.id,
        "policy_id": env.ref("debto_dunning.policy_businesses").id,
        "consumer_policy_id": env.ref("debto_dunning.policy_consumers").id,
        "old_invoices": "share",
        "from_date": dt.date.today(),
        "backlog_per_day": 10,
        "bank_max_age": 5,
        "user_id": env.uid,
    }).action_activate()


def _state_terms(env, company):
    """What the sales conditions say of late payment, and where it is booked."""
    accounts = env["account.account"].search([
        ("account_type", "in", ("income", "income_other")), ("company_ids", "in", company.ids)], order="code")

    def account(*codes):
        wanted = (found for code in codes for found in accounts if (found.code or "").startswith(code))
        return next(wanted, accounts[0])

    costs, interest = account("743", "744", "745", "746"), account("756", "751")
    company.write({
        "dunning_is_sme": True, "dunning_term_agreed": True, "dunning_clause": True, "dunning_clause_mutual": True,
        "dunning_clause_date": dt.date(2023, 9, 1), "dunning_postage": 2.1, "dunning_paid_late": "line",
        "dunning_charge_posting": "paid", "dunning_cost_account_id": costs.id,
        "dunning_interest_account_id": interest.id,
        "dunning_charge_journal_id": env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", company.id)], limit=1).id,
    })


def _know_customers(env, company):
    """What the bookkeepers know of their customers: who is in charge, whom to write to, who needs a firm word."""
    env["dunning.collector.rule"].create([
        {"sequence": 1, "company_id": company.id, "user_id": _user(env, "sophie").id,
         "country_ids": [(6, 0, env.ref("base.fr").ids)]},
        {"sequence": 2, "company_id": company.id, "user_id": _user(env, "koen").id},
    ])
    debtors = env["dunning.debtor"].search([("company_id", "=", company.id)])
    strict = env.ref("debto_dunning.policy_strict")
    debtors.filtered(lambda debtor: debtor.kind == "business" and debtor.average_days_late > 18).policy_id = strict
    # the last word to a customer is read by somebody first
    strict.level_ids.sorted("number")[-1:].needs_approval = True
    # nobody writes for some cents
    steps = (strict | company.dunning_policy_id | company.dunning_consumer_policy_id).level_ids
    steps.filtered(lambda step: not step.minimum_amount).minimum_amount = 5
    for debtor in debtors:
        contact = debtor.partner_id.child_ids.filtered(lambda child: child.type == "contact" and child.email)[:1]
        if contact:
            debtor.reminder_contact_id = contact
    overdue = debtors.filtered("overdue_amount").sorted("overdue_amount", reverse=True)
    overdue[4:5].by_hand_only = True
    overdue[-2:].preferred_channel = "letter"


# --- a night and the day after it --------------------------------------------------------------------------------

def _deliver(env):
    """Hand over what is queued, and send the mails; a refused address may queue another channel."""
    for _round in range(3):
        taken = env["dunning.communication"]._deliver()
        env.cr.commit()
        env["mail.mail"].process_email_queue()
        env.cr.commit()
        env.invalidate_all()
        if not taken:
            break


def _morning_after(env, company, night, number):
    """The bookkeepers look at an earlier night: they approve, post the letters, telephone, and get answers.

    :param number: the place of the night in ``EARLIER``
    """
    drafts = night.communication_ids.filtered(lambda communication: communication.state == "draft")
    if drafts:
        drafts.with_user(_user(env, "an")).sudo().action_approve()
        env.cr.commit()
        _deliver(env)
    _print_letters(env, company)
    letters = env["dunning.communication"].search([
        ("company_id", "=", company.id), ("channel", "=", "letter"), ("state", "=", "sent"),
        ("is_reminder", "=", True), ("notice_date", "=", False)])
    if letters:
        env["dunning.confirm.posting"].with_user(_user(env, "koen")).sudo().create({
            "communication_ids": [(6, 0, letters.ids)], "posted_on": night.date}).action_confirm()
    # what came before has been looked at; some of the newest answers wait to be read
    env["dunning.communication"].search(
        [("company_id", "=", company.id), ("needs_attention", "=", True)]).action_seen()
    demo_answers.hear(env, night, number, _user(env, "koen"))
    _call_a_customer(env, night)
    env.cr.commit()


def _print_letters(env, company):
    for batch in env["dunning.letter.batch"].search([("company_id", "=", company.id), ("printed_at", "=", False)]):
        if batch.communication_ids.filtered(lambda letter: letter.state == "sent"):
            batch.action_print()


def _call_a_customer(env, night):
    """One call after each night."""
    called = night.communication_ids.filtered(lambda c: c.state == "sent" and c.channel == "email").sorted("id")[-1:]
    if called:
        env["dunning.communication"].with_user(_user(env, "koen")).create({
            "debtor_id": called.debtor_id.id, "company_id": called.company_id.id, "partner_id": called.partner_id.id,
            "channel": "call", "direction": "out", "subject": "Gebeld over de openstaande facturen",
            "body": "Boekhouder was in vergadering; belt terug voor het einde van de week.",
        })


# --- what the night did ------------------------------------------------------------------------------------------

def tell(env, night, say=print):
    """Say what a night did and left, and where to look."""
    made = night.communication_ids
    say(f"\nThe night of {night.date} at {night.company_id.name}: {night.looked_at_count} open items looked at")
    say("\nSteps taken (invoices)")
    steps = Counter()
    for line in made.line_ids.filtered(lambda line: line.level_id and not line.void):
        communication = line.communication_id
        steps[line.level_number, line.level_id.name, communication.channel, communication.state] += 1
    for (number, name, channel, state), count in sorted(steps.items()):
        say(f"{count:6d}  {number} {name}, {_label(env, 'channel', channel)}: {_label(env, 'state', state)}")
    if not steps:
        say("     0  (no invoice had a step due)")
    say("\nLeft alone (invoices)")
    for count in night.count_ids.filtered("reason").sorted("count", reverse=True):
        say(f"{count.count:6d}  {count.label}")
    failed = made.filtered(lambda communication: communication.state == "failed")
    if failed:
        say("\nNot delivered, tried over the next channel")
        for communication in failed:
            say(f"        {communication.debtor_id.display_name}: {communication.failure_reason}")
    mails = Counter(env["mail.mail"].search([("id", "in", made.mail_id.ids)]).mapped("state"))
    say("\nMails of tonight: " + (", ".join(f"{count} {state}" for state, count in sorted(mails.items())) or "none"))
    _tell_places(env, night, say)


def _label(env, field, value):
    return dict(env["dunning.communication"]._fields[field]._description_selection(env)).get(value, value)


def _tell_places(env, night, say):
    base = env["ir.config_parameter"].get_param("web.base.url")
    say("\nWhere to look")
    say(f"  the night           {base}/odoo/dunning.run/{night.id}")
    biggest = env["dunning.debtor"].search([("company_id", "=", night.company_id.id)], limit=1)
    if biggest:
        say(f"  a customer          {base}/odoo/dunning.debtor/{biggest.id}")
    invoice = env["account.move"].search(
        [("dunning_level", ">", 1), ("company_id", "=", night.company_id.id)], order="dunning_level DESC, id", limit=1)
    if invoice:
        say(f"  an invoice          {base}/odoo/account.move/{invoice.id}   ({invoice.name})")
    say(f"  answers to read     {base}/odoo/action-debto_dunning.dunning_communication_action_worklist")
    batch = env["dunning.letter.batch"].search([("company_id", "=", night.company_id.id)], limit=1)
    letters = env["ir.attachment"].search(
        [("res_model", "=", batch._name), ("res_id", "=", batch.id), ("mimetype", "=", "application/pdf")],
        order="id DESC", limit=1) if batch else batch
    if letters:
        say(f"  letters of {batch.date}  {base}/web/content/{letters.id}?download=true")
    say(f"  mails               http://127.0.0.1:{os.environ.get('MAIL_PORT', 8025)}")
    say("  users (password as the name)  admin; an: bookkeeping, in Dutch; koen, sophie: collectors; tom, eva: sales")
