"""What a customer's answer says: its label, the day and amount promised, the invoices named. Plain Python.

Deterministic: word lists and rules decide, and each answer names the rule and the words that decided. The lists that
come with the addon stand in ``data/dunning_reply_rules.xml``; an administrator extends them as ``dunning.reply.rule``.
"""
