from odoo import models
from odoo.exceptions import AccessError

#: Kinds of fields that are not handed out: files go along by themselves, lists are handed out as records of their own.
LEFT_OUT_TYPES = ("binary", "one2many", "many2many", "reference", "many2one_reference")
#: Fields that say nothing of the customer, or that open something to whoever knows them.
LEFT_OUT_FIELDS = {"id", "access_token", "create_uid", "create_date", "write_uid", "write_date"}


class DunningDebtor(models.Model):
    """What a customer may ask of us about its data: an explanation of its score, and the data themselves (GDPR)."""

    _inherit = "dunning.debtor"

    # ------------------------------------------------------------------
    # The score in plain words
    # ------------------------------------------------------------------

    def _score_words_for_customer(self):
        """{input of the score: what it is, in words for the customer}."""
        return {
            "segment": self.env._("How customers in your country and of your kind pay on the whole"),
            "history": self.env._("How you paid our invoices so far"),
            "report": self.env._("What a credit report says"),
            "promises": self.env._("How you kept your promises to pay"),
            "disputes": self.env._("Invoices that were in dispute"),
            "electronic": self.env._("Whether you get your invoices on paper or electronically"),
            "amount": self.env._("How large your invoices are"),
            "term": self.env._("How much time you have to pay"),
            "drift": self.env._("How all our customers paid in the last months"),
            "spread": self.env._("How alike your payments are, and how many of them we know"),
        }

    def _score_effects(self):
        """What moved the score of this debtor: list of (words for the customer, points; more points are worse)."""
        self.ensure_one()
        if not self.lateness:
            return []
        words = self._score_words_for_customer()
        points = self._lateness_model().explain(self.partner_id.id, **self._usual_invoice())
        return [(words[name], round(value)) for name, value in points if round(value)]

    def _render_score_explanation(self):
        """The explanation of the score for the customer, in the customer's language (GDPR, articles 15 and 22)."""
        self.ensure_one()
        debtor = self.with_context(lang=self.partner_id.lang or self.env.lang)
        # sudo: who explains the score may lack access to credit reports. Who made the report, and when, is told.
        report = debtor.sudo().credit_report_id
        return debtor.env["ir.qweb"]._render("debto_dunning.score_explanation_for_customer", {
            "debtor": debtor, "effects": debtor._score_effects(), "report": report})

    def action_explain_score(self):
        """Open a mail to the customer that explains its score in plain words; a person reads it before it goes."""
        self.ensure_one()
        self.check_access("write")
        debtor = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Explain the Score to the Customer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": self.partner_id.ids,
                "default_subject": debtor.env._("How we judge your payments"),
                "default_body": self._render_score_explanation(),
            },
        }

    # ------------------------------------------------------------------
    # The data
    # ------------------------------------------------------------------

    def _personal_data(self):
        """All that is kept of this debtor: {what it is: list of {label: value}}, as far as the user may read it."""
        self.ensure_one()
        found = {self._description: self}
        for name in sorted(self.env):
            model = self.env[name]
            field = model._fields.get("debtor_id")
            if (field and field.store and field.comodel_name == self._name and not model._transient
                    and not model._abstract and model.has_access("read")):
                found[model._description] = model.with_context(active_test=False).search(
                    [("debtor_id", "=", self.id)], order="id")
        contacts = found[self.env["dunning.communication"]._description]
        found[contacts.line_ids._description] = contacts.line_ids
        for agreements in list(found.values()):
            if isinstance(agreements, self.pool["dunning.agreement"]):
                found.update({rows._description: rows for rows in agreements._rows()})
        return {words: self._labelled_values(records) for words, records in found.items() if records}

    def _labelled_values(self, records):
        """A list of {label of a field: value}, one a record of any model; empty values are left out."""
        labels = {name: field["string"] for name, field in records.fields_get([], ["string"]).items()}
        names = [
            name for name, field in records._fields.items()
            if name in labels and field.store and field.type not in LEFT_OUT_TYPES and name not in LEFT_OUT_FIELDS]
        return [{
            labels[name]: row[name][1] if records._fields[name].type == "many2one" else row[name]
            for name in names if row[name] not in (False, None, "")
        } for row in records.read(names)]

    def _hand_out_data(self):
        """:meth:`_personal_data`, and a note of who had them: here, as the address gives them without the button too.

        :raises AccessError: see :meth:`_check_may_hand_out`
        """
        self._check_may_hand_out()
        self._message_log(body=self.env._("Data of the customer handed out by %s.", self.env.user.name))
        return self._personal_data()

    def _check_may_hand_out(self):
        """:raises AccessError: the user is no manager, or may not read this debtor"""
        self.check_access("read")
        if not self.env.user.has_group("debto_dunning.group_dunning_manager"):
            raise AccessError(self.env._("Only managers hand out the data of a customer."))

    def action_hand_out_data(self):
        """Download all that is kept of this customer as JSON (GDPR, articles 15 and 20); who did it is logged.

        :raises AccessError: see :meth:`_check_may_hand_out`
        """
        self.ensure_one()
        self._check_may_hand_out()
        return {"type": "ir.actions.act_url", "url": f"/dunning/debtors/{self.id}/data", "target": "download"}
