from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..access.dunning_caller_check import field_labels


class TermKind(NamedTuple):
    """What a kind of differing agreement needs, and who sees to it that it is kept."""

    #: The field that it cannot do without; None where its kind says all.
    needs: str | None = None
    #: Whether several of them can be in force at the same time.
    is_repeatable: bool = False
    #: Whether the night keeps it by itself. Otherwise it is shown, and people keep it.
    is_kept_by_night: bool = True


class DunningAgreementTerm(models.Model):
    """One point in which the treatment of a customer differs from that of others, as agreed with the customer.

    It holds from one day to another. The night keeps what it can: recipients (``dunning.debtor._recipients``), the
    channel (``dunning.run._decide``), costs and interest (``dunning.claim``), payment terms that follow from segments
    (``dunning.term.change``). The rest is shown where people decide.
    """

    _name = "dunning.agreement.term"
    _description = "Agreement that Differs"
    _inherit = ["dunning.agreement.erase", "dunning.caller.check"]
    _order = "date_from DESC, id DESC"
    _rec_name = "kind"

    debtor_id = fields.Many2one("dunning.debtor", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_debtor", store=True, index=True, precompute=True, help="The root company.")
    partner_id = fields.Many2one(
        "res.partner", "Customer", compute="_compute_debtor", store=True, index=True, precompute=True)
    kind = fields.Selection([
        ("payment_term", "Other payment terms"), ("recipient", "Reminders to another contact"),
        ("not_recipient", "No reminders to a contact"), ("no_charges", "No costs and interest"),
        ("by_post", "Always by post"), ("order_number", "Order number needed"), ("other", "Something else"),
    ], "What", required=True)
    payment_term_id = fields.Many2one("account.payment.term", ondelete="restrict")
    recipient_id = fields.Many2one(
        "res.partner", "Contact", ondelete="set null", index="btree_not_null",
        help="Who gets the reminders, or who gets none.")
    date_from = fields.Date(
        "In Force From", required=True, default=lambda self: self.env.company.root_id._dunning_today())
    date_until = fields.Date("To", help="The last day on which it holds. Empty: until somebody ends it.")
    agreed_on = fields.Date(required=True, default=lambda self: self.env.company.root_id._dunning_today())
    agreed_with = fields.Char(help="The person at the customer's.")
    user_id = fields.Many2one(
        "res.users", "Agreed By", domain="[('share', '=', False)]", required=True, default=lambda self: self.env.uid,
        ondelete="restrict", help="Who agreed to it on our side.")
    note = fields.Text("Words")
    kept_by = fields.Char(compute="_compute_kept_by")
    announced_end = fields.Date(
        readonly=True, copy=False, help="The end of which the person in charge was told beforehand.")

    _order_of_days = models.Constraint(
        "CHECK (date_until >= date_from)", "An agreement cannot end before it begins.")

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("debtor_id.company_id", "debtor_id.partner_id")
    def _compute_debtor(self):
        for term in self:
            term.company_id = term.debtor_id.company_id
            term.partner_id = term.debtor_id.partner_id

    @api.depends("kind", "payment_term_id", "partner_id.property_payment_term_id")
    def _compute_kept_by(self):
        for term in self:
            if term.kind == "payment_term":
                # sudo: colleagues who see the debtor may lack access to other companies' values of the customer
                own = term.sudo().partner_id.with_company(term.company_id).property_payment_term_id
                term.kept_by = (
                    self.env._("new invoices: the customer's form says so") if own == term.payment_term_id else
                    self.env._("you: the customer's form says “%s”", own.name or self.env._("none")))
            elif term.kind and self._term_kinds()[term.kind].is_kept_by_night:
                term.kept_by = self.env._("the night")
            else:
                term.kept_by = self.env._("you")

    @api.depends("kind", "payment_term_id", "recipient_id", "note", "date_until")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for term in self:
            term.display_name = term._words()

    @api.constrains("kind", "payment_term_id", "recipient_id", "note")
    def _check_needed(self):
        for term in self.filtered(lambda one: not one.erased_on):
            needed = self._term_kinds()[term.kind].needs
            if needed and not term[needed]:
                raise ValidationError(self.env._(
                    "“%(kind)s”: fill in “%(field)s”.", kind=term._kind_words(),
                    field=field_labels(term, [needed])))

    @api.constrains("kind", "recipient_id", "debtor_id")
    def _check_recipient(self):
        # sudo: whose contact it is, is compared; who names it was checked
        for term in self.sudo().filtered("recipient_id"):
            contact, customer = term.recipient_id, term.debtor_id.partner_id
            if contact != customer and customer not in (contact.commercial_partner_id, contact.parent_id):
                raise ValidationError(self.env._(
                    "%(contact)s is no contact of %(customer)s.", contact=contact.display_name,
                    customer=customer.display_name))
            if term.kind == "not_recipient" and contact == customer:
                raise ValidationError(self.env._(
                    "Somebody has to get the reminders of %s: say who, with “Reminders to another contact”.",
                    customer.display_name))

    @api.constrains("kind", "recipient_id", "date_from", "date_until", "debtor_id")
    def _check_overlap(self):
        """:raises ValidationError: two agreements in force at the same time contradict each other"""
        rivals = self.search([("debtor_id", "in", self.debtor_id.ids)]).grouped("debtor_id")
        for term in self:
            for other in rivals[term.debtor_id] - term:
                if term._contradicts(other) and term._overlaps(other):
                    raise ValidationError(self.env._(
                        "“%(first)s” and “%(second)s” would be in force at the same time: end one of them before.",
                        first=term.display_name, second=other.display_name))

    def _contradicts(self, other):
        if {self.kind, other.kind} == {"recipient", "not_recipient"}:
            return self.recipient_id == other.recipient_id
        if self.kind != other.kind:
            return False
        return not self._term_kinds()[self.kind].is_repeatable or (
            self.kind == "not_recipient" and self.recipient_id == other.recipient_id)

    def _overlaps(self, other):
        return (not self.date_until or other.date_from <= self.date_until) and (
            not other.date_until or self.date_from <= other.date_until)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        terms = super().create(vals_list)
        terms._log_on_debtor(lambda term: self.env._("Agreed: %s", term.display_name))
        return terms

    def write(self, vals):
        before = {term: term.display_name for term in self}
        res = super().write(vals)
        self.filtered(lambda term: term.display_name != before[term])._log_on_debtor(lambda term: self.env._(
            "Agreed: %(now)s (before: %(before)s)", now=term.display_name, before=before[term]))
        return res

    def unlink(self):
        self._log_on_debtor(lambda term: self.env._("Agreement deleted: %s", term.display_name))
        return super().unlink()

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check
        return {name for name, field in self._fields.items() if not field.readonly}

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check: an agreement stays with its customer
        return self._fields_for_create() - {"debtor_id"}

    def _log_on_debtor(self, words):
        """:param words: function of an agreement that returns the note"""
        for debtor, terms in self.grouped("debtor_id").items():
            for term in terms:
                # sudo: only a note about what the user was allowed to do is written
                debtor.sudo()._message_log(body=words(term))

    # ------------------------------------------------------------------
    # In force
    # ------------------------------------------------------------------

    @api.model
    def _term_kinds(self):
        """The kinds of differing agreements: {value of :attr:`kind`: :class:`TermKind`}."""
        return {
            "payment_term": TermKind(needs="payment_term_id", is_kept_by_night=False),
            "recipient": TermKind(needs="recipient_id"),
            "not_recipient": TermKind(needs="recipient_id", is_repeatable=True),
            "no_charges": TermKind(),
            "by_post": TermKind(),
            "order_number": TermKind(is_kept_by_night=False),
            "other": TermKind(needs="note", is_repeatable=True, is_kept_by_night=False),
        }

    @api.model
    def _in_force(self, debtors, date, kinds=()):
        """The agreements of debtors that hold on a day: {debtor: agreements}, without debtors that have none.

        :param kinds: only of these kinds; empty: of all
        """
        domain = Domain("debtor_id", "in", debtors.ids) & Domain("date_from", "<=", date) & (
            Domain("date_until", "=", False) | Domain("date_until", ">=", date))
        if kinds:
            domain &= Domain("kind", "in", list(kinds))
        # sudo: the night and whoever sends keep what was agreed, whatever they may read
        return self.sudo().search(domain).grouped("debtor_id")

    @api.model
    def _in_force_sql(self, company, date):
        """Query for what of the agreements of a root company changes the way of a message on a day, one row a debtor.

        ``debtor_id``; ``recipient_id``: who gets the reminders, the last that was agreed; ``without_ids``: who gets
        none; ``by_post``.
        """
        self.flush_model()
        return SQL("""
            SELECT debtor_id,
                   (array_agg(recipient_id ORDER BY date_from DESC, id DESC)
                        FILTER (WHERE kind = 'recipient' AND recipient_id IS NOT NULL))[1] AS recipient_id,
                   COALESCE(array_agg(recipient_id) FILTER (WHERE kind = 'not_recipient'), '{}') AS without_ids,
                   bool_or(kind = 'by_post') AS by_post
              FROM dunning_agreement_term
             WHERE company_id = %(company)s AND date_from <= %(date)s
               AND (date_until IS NULL OR date_until >= %(date)s)
             GROUP BY debtor_id
        """, company=company.root_id.id, date=date)

    @api.model
    def _free_until_sql(self, debtor, date):
        """SQL expression: the last day on which neither costs nor interest are asked, as agreed, as text; ``infinity``
        where nobody knows it, NULL where nothing was agreed.

        :param debtor: SQL expression of the id of the debtor
        """
        self.flush_model()
        return SQL("""
            (SELECT max(COALESCE(date_until, 'infinity'))::text FROM dunning_agreement_term
              WHERE debtor_id = %(debtor)s AND kind = 'no_charges' AND date_from <= %(date)s
                AND (date_until IS NULL OR date_until >= %(date)s))""", debtor=debtor, date=date)

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _kind_words(self):
        return dict(self._fields["kind"]._description_selection(self.env)).get(self.kind, "")

    def _words(self):
        """What was agreed, in a few plain words with its last day."""
        self.ensure_one()
        # sudo: names are shown to whoever may read the agreement
        subject = self.sudo().payment_term_id.name or self.sudo().recipient_id.display_name or (
            self.kind == "other" and self.note)
        words = f"{self._kind_words()}: {subject}" if subject else self._kind_words()
        if not self.date_until:
            return words
        return self.env._("%(agreement)s, to %(date)s", agreement=words, date=format_date(self.env, self.date_until))

    @api.model
    def _notes(self, debtors, date):
        """What holds for each debtor on a day, one agreement a line: {debtor: text}, without those that have none."""
        return {debtor: "\n".join(term.with_env(self.env).sudo()._words() for term in terms)
                for debtor, terms in self._in_force(debtors, date).items()}
