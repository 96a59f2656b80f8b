from odoo import fields

from ..common import days_later
from .agreement_common import AgreementCommon


class PlanCommon(AgreementCommon):
    @classmethod
    def plan(cls, invoices, schedule=None, partner=None, **vals):
        """The draft of a plan for these invoices.

        :param schedule: list of (days after the night, amount); default: three equal parts, from 10 days later on,
            every 10 days
        """
        items = cls.items_of(invoices)
        debtor = cls.debtor_of(partner or invoices[:1].partner_id, invoices[:1].company_id.root_id)
        total = sum(items.mapped("amount_residual_currency"))
        schedule = schedule or [(10, total / 3), (20, total / 3), (30, total - 2 * round(total / 3, 2))]
        return cls.env["dunning.payment.plan"]._make(
            debtor, items, [(days_later(day), round(amount, 2)) for day, amount in schedule],
            **{"rhythm": "hand", **vals})

    @classmethod
    def active_plan(cls, invoices, schedule=None, **vals):
        plan = cls.plan(invoices, schedule, **vals)
        plan._propose()
        plan._accept("Ann Azur")
        return plan

    @classmethod
    def messages_of(cls, plan, kind=None):
        return cls.communications.search(
            [("plan_id", "=", plan.id), *([("kind", "=", kind)] if kind else [])], order="id")

    def assertReceived(self, plan, *amounts):
        self.assertEqual([round(amount, 2) for amount in plan.line_ids.sorted("date").mapped("amount_received")],
                         list(amounts))

    @classmethod
    def count_queries(cls, call, *args):
        cls.env.flush_all()
        cls.env.invalidate_all()
        before = cls.env.cr.sql_log_count
        call(*args)
        cls.env.flush_all()
        return cls.env.cr.sql_log_count - before

    @staticmethod
    def day(days):
        return fields.Date.to_date(days_later(days))
