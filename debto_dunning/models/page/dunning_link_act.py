import re
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.typed_amount import parse_amount

#: What a customer may do with one link within a day, and the characters of a text that are kept.
ACTS_PER_DAY, LONGEST_NOTE = 20, 4000
#: The name of a form, by which it is known again when it is sent twice.
FORM = re.compile(r"[0-9a-f]{32}")
#: What a form names all invoices by, where they are more than it shows.
ALL = "all"


class PageAct(NamedTuple):
    """Something that a customer does on the page."""

    words: str  #: on the page, as the customer would say it
    hint: str  #: below it on its form
    form: str  #: external id of the template with the fields of its form
    #: ``(visit, values)``, on the link: does it and returns the ``dunning.communication`` that logs it. ``values`` are
    #: those of the form, and what it cannot use it refuses with a UserError.
    do: str
    #: ``(visit, given)``, on the link: what else the template of the form shows, as a dict; ``given`` are values that
    #: were given already
    values: str = "_no_values"
    #: Whether it is offered only where invoices, and costs or interest, are open.
    needs_items: bool = False
    needs_charges: bool = False


class DunningLink(models.Model):
    """What a customer does on the page: each act is a POST, logged as an answer, and confirmed by mail."""

    _inherit = "dunning.link"

    @api.model
    def _page_acts(self):
        """{code of an act: :class:`PageAct`}, in the order of the page. Other parts and addons extend it."""
        return {
            "question": PageAct(
                self.env._("I have a question"), self.env._("We answer as soon as we can."),
                "debto_dunning.page_form_note", "_do_question"),
            "plan": PageAct(
                self.env._("I want to pay in parts"),
                self.env._("Tell us what you can pay and when. We answer with a proposal."),
                "debto_dunning.page_form_plan", "_do_plan"),
        }

    def _no_values(self, visit, given):
        return {}

    def _do_act(self, visit, code, values):
        """Do what a form of the page asks.

        :param code: of :meth:`_page_acts`
        :param values: dict of the form
        :return: the ``dunning.communication`` that logs it
        :raises UserError: it cannot be done so, in words for the customer
        """
        self.ensure_one()
        form = str(values.get("form") or "")
        form = form if FORM.fullmatch(form) else ""  # names of other forms are the program's
        log = self.env["dunning.communication"]
        if form and (done := log.search([("link_id", "=", self.id), ("page_form", "=", form)], limit=1)):
            return done  # the form was sent twice
        now = fields.Datetime.now()
        if log.search_count([("link_id", "=", self.id), ("date", ">", now - timedelta(days=1))]) >= ACTS_PER_DAY:
            raise UserError(self.env._(
                "We have received your messages and will read them. Please write again tomorrow, or call us."))
        # writing the link first keeps what is sent from two windows one after the other
        self.write({"use_count": self.use_count + 1, "last_used_on": now})
        self.flush_recordset()
        done = getattr(self, self._page_acts()[code].do)(visit, values)
        done.page_form = form
        return done

    # ------------------------------------------------------------------
    # Log and confirmation
    # ------------------------------------------------------------------

    def _log_act(self, label, words, note="", is_for_person=False, moves=None, **vals):
        """Log what the customer did, as the answers are logged that come by mail.

        :param label: as answers are labelled; None: as its words are read
        :param words: what was done, in one line, in the customer's language
        :param note: what the customer wrote
        :param is_for_person: whether a person has to look, also where the answers of businesses pause nothing
        :param moves: the invoices that it is about
        :return: the ``dunning.communication``
        """
        self.ensure_one()
        log, debtor = self.env["dunning.communication"], self.debtor_id
        moves = moves or self.env["account.move"]
        answer = log._prepare_answer_vals(debtor, {
            "subject": words, "body": log._paragraphs(note) or words, "email_from": self.recipient_id.email})
        if label:
            answer.update(reply_label=label, reply_label_read=label, reply_category=False, reply_category_read=False,
                          reply_date=False, reply_amount=False, reply_paid_on=False, reply_evidence=False)
        waits = answer["reply_wants_stop"] or debtor.is_natural_person or (
            bool(note) and log._waits_for_person(debtor, False))
        return log.create({
            **answer, "channel": "portal", "partner_id": (self.recipient_id or self.partner_id).id,
            "link_id": self.id, "body": log._paragraphs(words) + log._paragraphs(note),
            "needs_attention": bool(is_for_person or waits),
            "reply_invoices": ", ".join(moves.mapped("name")), "reply_move_ids": [Command.set(moves.ids)],
            **vals,
        })

    def _confirm(self, done, files=None):
        """Mail the customer what was received.

        :param done: the ``dunning.communication`` that logs it
        :param files: ``ir.attachment`` that go along
        """
        self._mail(
            self.env._("We have received it: %s", done.subject),
            [self.env._("On our page you told us: %s", done.subject),
             self._what_follows(done),
             self.env._("Was it not you? Then please answer this mail.")],
            answer=done, files=files)

    def _what_follows(self, done):
        """What happens with an act, in words for the customer."""
        if done.needs_attention:
            return self.env._("A colleague looks at it and answers you.")
        return self.env._("You need not do anything else.")

    # ------------------------------------------------------------------
    # What a form gives
    # ------------------------------------------------------------------

    def _given_note(self, values, is_required=False):
        """What the customer wrote.

        :raises UserError: it is empty, and must not be
        """
        note = str(values.get("note") or "").replace("\x00", "").strip()[:LONGEST_NOTE]
        if is_required and not note:
            raise UserError(self.env._("Please tell us in a few words what it is about."))
        return note

    def _given_items(self, visit, values):
        """The :class:`PageItem` that were chosen: those that the page shows and of which something is open.

        :raises UserError: none was chosen, or nothing is open of one any more
        """
        items = {key: one for key, one in self._page_items(visit).items() if one.item and one.due.principal > 0}
        chosen = values.get("items") or []
        if not chosen:
            raise UserError(self.env._("Please choose at least one invoice."))
        if ALL in chosen:
            return list(items.values())
        if not set(chosen) <= items.keys():
            raise UserError(self.env._("Something changed meanwhile: please choose the invoices anew."))
        return [one for key, one in items.items() if key in chosen]

    def _given_day(self, values):
        """The day that was entered.

        :raises UserError: it is no day
        """
        try:
            day = fields.Date.to_date(str(values.get("date") or "").strip()[:10])
        except ValueError:
            day = None
        if not day or not 2000 <= day.year <= 2100:
            raise UserError(self.env._("Please enter the day, for example %s.", self.company_id._dunning_today()))
        return day

    def _given_amount(self, values, most):
        """The amount that was entered; ``most`` where none was.

        :raises UserError: it is no amount, or more than ``most``
        """
        text = str(values.get("amount") or "").strip()
        amount = parse_amount(text) if text else most
        if not amount or amount > most + 0.005:
            raise UserError(self.env._("Please enter an amount up to %s.", f"{most:.2f}"))
        return amount

    # ------------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------------

    def _do_question(self, visit, values):
        note = self._given_note(values, is_required=True)
        done = self._log_act(None, self.env._("Question"), note, is_for_person=True)
        self._confirm(done)
        return done

    def _do_plan(self, visit, values):
        note = self._given_note(values, is_required=True)
        done = self._log_act("plan", self.env._("Wish to pay in parts"), note, is_for_person=True)
        self._confirm(done)
        return done
