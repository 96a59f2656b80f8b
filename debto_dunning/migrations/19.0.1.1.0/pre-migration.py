"""Pauses become one table: what the new columns must hold before the models are loaded."""


def migrate(cr, version):
    # the day on which an existing pause began is the day on which it was made
    cr.execute("ALTER TABLE dunning_hold ADD COLUMN date_from date, ADD COLUMN partner_id int4")
    cr.execute("""
        UPDATE dunning_hold hold
           SET date_from = hold.create_date::date, partner_id = move.commercial_partner_id,
               -- a pause belongs to the root company, as everything that is read at night
               company_id = split_part(company.parent_path, '/', 1)::int
          FROM account_move move JOIN res_company company ON company.id = move.company_id
         WHERE move.id = hold.move_id
    """)
