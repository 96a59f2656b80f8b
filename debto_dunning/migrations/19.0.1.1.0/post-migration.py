"""Pauses become one table: the debtor's own hold, moved steps, unread answers and insolvency become its rows."""

from odoo import SUPERUSER_ID, api

#: What lies further away was meant as «without an end».
ENDLESS = "now() + interval '50 years'"


def migrate(cr, version):
    insert = """
        INSERT INTO dunning_hold (
            company_id, partner_id, debtor_id, kind, date_from, date_until, note, origin, user_id, active,
            create_uid, write_uid, create_date, write_date)
    """
    cr.execute(f"""
        {insert}
        SELECT company_id, partner_id, id, 'person', COALESCE(write_date, now())::date,
               CASE WHEN hold_until < {ENDLESS} THEN hold_until END, hold_reason, NULL, write_uid, TRUE,
               write_uid, write_uid, now(), now()
          FROM dunning_debtor WHERE hold_until >= now()::date - 1
    """)
    cr.execute(f"""
        {insert}
        SELECT company_id, partner_id, id, 'postponed', COALESCE(write_date, now())::date,
               postponed_until - 1, NULL, NULL, write_uid, TRUE,
               write_uid, write_uid, now(), now()
          FROM dunning_debtor WHERE postponed_until >= now()::date
    """)
    cr.execute(f"""
        {insert}
        SELECT debtor.company_id, debtor.partner_id, debtor.id, 'insolvent',
               COALESCE(report.date, debtor.write_date::date, now()::date), NULL, NULL,
               'dunning.credit.report,' || report.id, debtor.write_uid, TRUE, debtor.write_uid, debtor.write_uid,
               now(), now()
          FROM dunning_debtor debtor
          LEFT JOIN dunning_credit_report report ON report.id = debtor.credit_report_id
         WHERE debtor.is_insolvent
    """)
    cr.execute(f"""
        {insert}
        SELECT debtor.company_id, debtor.partner_id, debtor.id, 'reply', answer.date::date, NULL, answer.subject,
               'dunning.communication,' || answer.id, answer.create_uid, TRUE, answer.create_uid, answer.create_uid,
               now(), now()
          FROM dunning_communication answer
          JOIN dunning_debtor debtor ON debtor.id = answer.debtor_id
          JOIN res_company company ON company.id = debtor.company_id AND company.dunning_reply_pauses
         WHERE answer.state = 'received' AND answer.needs_attention
    """)
    # a step that was moved for ever is a hold without an end, as a moved step needs a day
    cr.execute(f"""
        UPDATE dunning_hold SET date_until = NULL, kind = CASE kind WHEN 'postponed' THEN 'person' ELSE kind END
         WHERE date_until >= {ENDLESS}
    """)
    cr.execute("""
        ALTER TABLE dunning_debtor DROP COLUMN hold_until, DROP COLUMN hold_reason, DROP COLUMN postponed_until
    """)
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.invalidate_all()
    # the rule is never overwritten by an update; pauses belong to the root company now
    if rule := env.ref("debto_dunning.rule_hold_company", raise_if_not_found=False):
        rule.domain_force = "[('company_id', 'parent_of', company_ids)]"
