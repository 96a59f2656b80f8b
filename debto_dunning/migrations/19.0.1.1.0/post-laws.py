"""What the shipped laws have learnt, for databases in which they stand already: their records are never updated."""

#: The last sentence of the Belgian notice, before it said that the rate is the one in force.
RATE_BEFORE = "interest of {interest_rate} percent a year {interest_from}."
RATE_NOW = "interest at the rate in force, now {interest_rate} percent a year, {interest_from}."


def migrate(cr, version):
    law = """(SELECT res_id FROM ir_model_data
               WHERE module = 'debto_dunning' AND model = 'dunning.law' AND name = %s)"""
    cr.execute(f"UPDATE dunning_law SET notice_describes = TRUE WHERE id = {law}", ["law_be_consumer"])
    # the translations go, and the addon's own come back when the languages are loaded after this; a text that a
    # company has changed stays as it is
    cr.execute(f"""
        UPDATE dunning_law
           SET notice_text = jsonb_build_object('en_US', replace(notice_text ->> 'en_US', %s, %s))
         WHERE id = {law} AND right(notice_text ->> 'en_US', length(%s)) = %s
    """, [RATE_BEFORE, RATE_NOW, "law_be_consumer", RATE_BEFORE, RATE_BEFORE])
    # BW 6:96: the creditor proves the delivery; since 1 October 2024 a bound on the costs of regular instalments
    cr.execute(f"""
        UPDATE dunning_law
           SET email_safe_days = 21, instalment_cap = 140, instalment_below = 266.67, instalment_months = 6,
               instalment_from = '2024-10-01'
         WHERE id = {law}
    """, ["law_nl_consumer"])
    for name in ("law_nl_business", "law_nl_consumer", "law_de_business", "law_de_consumer", "law_fr_consumer"):
        cr.execute(f"UPDATE dunning_law SET counts_delivery = TRUE WHERE id = {law}", [name])
