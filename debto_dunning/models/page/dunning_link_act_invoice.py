from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .dunning_link_act import PageAct


class DunningLink(models.Model):
    """Invoices that did not arrive, that want an order number, and who should get them."""

    _inherit = "dunning.link"

    def _page_acts(self):
        # EXTENDS debto_dunning
        acts = super()._page_acts()
        last = {"question": acts.pop("question")}
        return {
            **acts,
            "not_received": PageAct(
                self.env._("I never received an invoice"),
                self.env._("We send it again, to the address that we have on file."),
                "debto_dunning.page_form_not_received", "_do_not_received", "_values_of_items",
                needs_items=True),
            "requirement": PageAct(
                self.env._("An order number or reference is missing"),
                self.env._("We note it, and put it on your invoices from now on if you need it on each."),
                "debto_dunning.page_form_requirement", "_do_requirement", "_values_of_requirement"),
            "contact": PageAct(
                self.env._("Somebody else should get your invoices or reminders"),
                self.env._(
                    "A colleague checks it before anything changes, and we tell the address that gets them now."),
                "debto_dunning.page_form_contact", "_do_contact", "_values_of_contact"),
            **last,
        }

    # ------------------------------------------------------------------
    # Sent again
    # ------------------------------------------------------------------

    def _do_not_received(self, visit, values):
        chosen, note = self._given_items(visit, values), self._given_note(values)
        limit = self.company_id.dunning_attach_limit
        moves = self.env["account.move"].union(*(one.move for one in chosen))
        if not moves or len(moves) > limit:
            raise UserError(self.env._("Please choose up to %s invoices.", limit))
        log = self.env["dunning.communication"]
        if log.search_count([
                ("debtor_id", "=", self.debtor_id.id), ("reply_label", "=", "copy"), ("link_id", "!=", False),
                ("reply_move_ids", "in", moves.ids), ("date", ">", fields.Datetime.now() - timedelta(days=1))]):
            raise UserError(self.env._(
                "We sent it again today. Please look into your mailbox, also among unwanted mails."))
        email = self._given_email(values, is_required=False)
        done = self._log_act(
            "copy", self.env._("Never received, sent again: %s", log._shortened_names(moves.mapped("name"))), note,
            is_for_person=bool(email), moves=moves, is_done_on_page=not email)
        if email:
            self._propose_contact(done, {"email": email, "use": "invoices"})
        files = self.env["ir.attachment"].union(*log._invoice_pdfs(moves).values())
        self._confirm(done, files)
        return done

    # ------------------------------------------------------------------
    # Order number
    # ------------------------------------------------------------------

    def _values_of_requirement(self, visit, given):
        kinds = self.env["dunning.invoice.requirement"]._fields["kind"]._description_selection(self.env)
        return {**self._values_of_items(visit, given), "kinds": kinds}

    def _do_requirement(self, visit, values):
        chosen = self._given_items(visit, values) if values.get("items") else []
        value = " ".join(str(values.get("value") or "").replace("\x00", "").split())[:100]
        kinds = dict(self._values_of_requirement(visit, values)["kinds"])
        if not value or values.get("kind") not in kinds:
            raise UserError(self.env._("Please enter the number or reference."))
        moves = self.env["account.move"].union(*(one.move for one in chosen))
        done = self._log_act(
            "order_number", self.env._("%(kind)s: %(value)s", kind=kinds[values["kind"]], value=value),
            self._given_note(values), is_for_person=True, moves=moves)
        self.env["dunning.invoice.requirement"].create([{
            "debtor_id": self.debtor_id.id, "kind": values["kind"], "value": value, "move_id": move.id,
            "is_for_all": bool(values.get("always")), "communication_id": done.id,
        } for move in moves or [self.env["account.move"]]])
        self._confirm(done)
        return done

    # ------------------------------------------------------------------
    # Contacts
    # ------------------------------------------------------------------

    def _given_email(self, values, is_required=True):
        """:raises UserError: what was entered is no address"""
        text = str(values.get("email") or "").strip()[:200]
        if not text and not is_required:
            return ""
        email = email_normalize(text)
        if not email:
            raise UserError(self.env._("Please enter an e-mail address."))
        return email

    def _values_of_contact(self, visit, given):
        proposals = self.env["dunning.contact.proposal"]
        return {name: proposals._fields[field]._description_selection(self.env)
                for name, field in (("uses", "use"), ("ways", "way"))}

    def _do_contact(self, visit, values):
        options = self._values_of_contact(visit, values)
        uses, ways = dict(options["uses"]), dict(options["ways"])
        name = " ".join(str(values.get("name") or "").replace("\x00", "").split())[:100]
        if values.get("use") not in uses or values.get("way") not in ways or not name:
            raise UserError(self.env._("Please tell us the name, what it is about, and how it should come."))
        email = self._given_email(values, is_required=values["way"] == "email")
        done = self._log_act(
            "wrong_contact", self.env._(
                "%(what)s should go to %(name)s, %(address)s", what=uses[values["use"]], name=name,
                address=email or ways[values["way"]]),
            self._given_note(values), is_for_person=True)
        self._propose_contact(done, {
            "name": name, "email": email, "use": values["use"], "way": values["way"],
            "phone": str(values.get("phone") or "").replace("\x00", "").strip()[:50]})
        self._confirm(done)  # the old address is told
        return done

    def _propose_contact(self, done, vals):
        self.env["dunning.contact.proposal"].create({
            "debtor_id": self.debtor_id.id, "communication_id": done.id, **vals})
