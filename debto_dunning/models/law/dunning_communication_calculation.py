from decimal import Decimal

from markupsafe import Markup, escape

from odoo import fields, models
from odoo.tools import format_amount, format_date
from odoo.tools.misc import formatLang

from ...tools.interest import rate_on
from ..policy.dunning_level import PLACEHOLDER

#: Number of delivered products that a notice names for each invoice.
DELIVERED_PRODUCTS = 8


class DunningCommunication(models.Model):
    """What a message says about costs and interest: the statements of the law, and how each amount was calculated."""

    _inherit = "dunning.communication"

    # ------------------------------------------------------------------
    # The law's notice
    # ------------------------------------------------------------------

    def _notice_html(self, lines):
        """The statements that the law demands in a notice, in the language of the environment; empty where no line
        gives one.

        :param lines: lines of this communication
        """
        self.ensure_one()
        html = Markup()
        for (law, is_default), notices in lines.filtered("is_notice").grouped(
                lambda line: (line.law_id, (line.calculation or {}).get("notice") == "default")).items():
            text = law.default_text if is_default else law.notice_text
            if text:
                values = {name: escape(value) for name, value in self._notice_values(law, notices).items()}
                html += Markup(PLACEHOLDER.sub(
                    lambda match, values=values: str(values.get(match.group(1), match.group(0))),
                    str(self._paragraphs(text))))
        return html

    def _notice_values(self, law, lines):
        """The value of each of ``dunning_law.NOTICE_PLACEHOLDERS`` as plain text: {name: text}."""
        company = self.company_id
        percent = rate_on(company._dunning_today(), law._rates(company))
        cost = sum(lines.mapped("amount_cost"))
        starts = {
            "wait_start": self.env._("from the first day of this term on"),
            "wait_end": self.env._("from the day after this term on"),
        }
        return {
            "company": company.name,
            "company_number": company.root_id._dunning_enterprise_number(),
            "company_address": ", ".join(filter(None, [
                company.street, company.street2, " ".join(filter(None, [company.zip, company.city]))])),
            "principal": self._money(sum(lines.mapped("amount_asked"))),
            "costs": self._money(sum(
                float((line.calculation or {}).get("announced", 0)) for line in lines)),
            "interest_rate": self._percent(percent) if percent is not None else "",
            "interest_from": starts.get(law._interest_start_rule(company), ""),
            "rate_now": self.env._(" (now %s percent a year)", self._percent(percent)) if percent is not None else "",
            "days": str(law.wait_days),
            "this_reminder": self.env._("This reminder costs %s.", self._money(cost)) if cost
            else self.env._("This reminder is free of charge."),
        }

    def _announced_costs(self):
        """The costs that follow for each invoice if the notice is not heeded: {line: amount}. Empty where the message
        announces them in one sum, as the law adds its claims up or there is one invoice only.
        """
        notices = self._steps().filtered("is_notice")
        return {
            line: float(announced) for line in notices
            if line.law_id.cost_basis == "invoice" and (announced := (line.calculation or {}).get("announced"))
        } if len(notices) > 1 else {}

    def _omits_step_texts(self):
        """Whether the message leaves the texts of its steps out, as it gives the notice of a law and one of its steps
        is not meant as a notice. Such texts may contradict the notice, for example name another term.
        """
        return bool(self.notice_law_id) and not all(self._steps().level_id.mapped("gives_notice"))

    def _delivered_products(self, line):
        """What was delivered for a line: the words entered for its item, else the names of the first products of its
        invoice, separated by commas. An entry that is no invoice may hold the items of many customers: of its other
        lines nothing is told.
        """
        if line.move_line_id.dunning_delivered or not line.move_id.is_invoice(include_receipts=True):
            return line.move_line_id.dunning_delivered or ""
        names = [
            (row.product_id.name or (row.name or "").split("\n")[0]).strip()
            for row in line.move_id.invoice_line_ids if row.display_type == "product"]
        names = list(dict.fromkeys(filter(None, names)))
        return ", ".join(names[:DELIVERED_PRODUCTS]) + (" …" if len(names) > DELIVERED_PRODUCTS else "")

    # ------------------------------------------------------------------
    # How it was calculated
    # ------------------------------------------------------------------

    def _line_calculations(self, lines):
        """How costs and interest were calculated: list of dicts ``document``, ``text`` and ``amount`` (formatted).

        :param lines: lines of this communication
        """
        self.ensure_one()
        return [
            {"document": line.document or "", **row}
            for line in lines.filtered(lambda line: line.amount_cost or line.amount_interest)
            for row in self._calculation_rows(line.calculation, self.currency_id)]

    def _calculation_rows(self, calculation, currency):
        """A calculation in words: list of dicts ``text`` and ``amount`` (formatted).

        :param calculation: see :mod:`tools.calculation`; may be empty
        """
        rows = []
        if costs := (calculation or {}).get("costs"):
            rows.append({"text": self._cost_text(costs, currency), "amount": self._amount(costs["amount"], currency)})
        for stretch in (calculation or {}).get("interest", ()):
            values = {
                "base": self._amount(stretch["base"], currency), "days": stretch["days"],
                **{name: format_date(self.env, fields.Date.to_date(stretch[key]))
                   for name, key in (("start", "from"), ("end", "to"))}}
            rows.append({
                "text": self.env._(
                    "Interest on %(base)s from %(start)s to %(end)s, %(days)s days at %(percent)s %% a year",
                    percent=self._percent(Decimal(stretch["percent"])), **values)
                if stretch["percent"] is not None else self.env._(
                    "From %(start)s to %(end)s the rate is not known yet: no interest", **values),
                "amount": self._amount(stretch["amount"], currency)})
        return rows

    def _cost_text(self, costs, currency):
        """The entry ``costs`` of a calculation in words."""
        base = self._amount(costs["base"], currency)
        if costs["kind"] == "fixed":
            return self.env._("Fixed collection costs of an invoice")
        if costs["kind"] == "reminder":
            return self.env._("Costs of reminders")
        if together := costs.get("together"):
            if Decimal(together[1]) != Decimal(costs["amount"]):
                return self.env._(
                    "Share of the collection costs of %(costs)s for %(sum)s together",
                    costs=self._amount(together[1], currency), sum=self._amount(together[0], currency))
        if costs["kind"] == "capped":
            return self.env._(
                "Collection costs on %s, lowered to what the law allows for regular instalments in all", base)
        if costs["kind"] == "announced":
            return self.env._("Collection costs on %s, lowered to what the notice announced", base)
        if costs["kind"] == "before":
            return self.env._("Collection costs on %s, asked before", base)
        return self.env._("Collection costs on %s", base)

    def _calculation_html(self, calculation, currency):
        """A calculation in words as an HTML list; False where it is empty."""
        rows = self._calculation_rows(calculation, currency)
        return Markup("<ul class='list-unstyled mb-0'>%s</ul>") % Markup().join(
            Markup("<li>%s</li>") % self.env._("%(text)s: %(amount)s", **row) for row in rows) if rows else False

    def _amount(self, amount, currency):
        return format_amount(self.env, float(amount), currency)

    def _percent(self, percent):
        """A Decimal in the format of the language, without trailing zeros."""
        return formatLang(self.env, float(percent), digits=max(0, -percent.normalize().as_tuple().exponent))

    # ------------------------------------------------------------------
    # Left open
    # ------------------------------------------------------------------

    def _settled_charge_rows(self, lines):
        """A row for what was received for costs and interest before, in the form of ``_credit_values``; no row where
        nothing was.

        :param lines: lines of this communication
        """
        settled = sum(lines.mapped("amount_settled"))
        return [] if self.currency_id.is_zero(settled) else [{
            "document": self.env._("Received for costs and interest"), "date": "", "amount": self._money(-settled)}]

    def _left_values(self, line):
        """The row of a message about costs and interest of a paid invoice."""
        charge = line.charge_id
        return {
            "document": line.document or "",
            "due": format_date(self.env, line.due_date) if line.due_date else "",
            "paid": format_date(self.env, charge.settled_date) if charge.settled_date else "",
            "cost": self._money(line.amount_cost) if line.amount_cost else "",
            "interest": self._money(line.amount_interest) if line.amount_interest else "",
        }
