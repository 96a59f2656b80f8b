from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ...wizard.uploaded_file import read_stranger_upload
from .dunning_link_act import PageAct

#: Files of one dispute, and bytes of one and of all that came over one link.
MOST_FILES, MOST_BYTES, MOST_BYTES_OF_LINK = 3, 6 * 1024 ** 2, 40 * 1024 ** 2

#: A type that no browser shows. Of «application/octet-stream» Odoo would guess the type from the content.
DOWNLOAD = "application/x-download"


class DunningLink(models.Model):
    """The customer contests an invoice, or costs and interest."""

    _inherit = "dunning.link"

    upload_bytes = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)

    def _page_acts(self):
        # EXTENDS debto_dunning
        acts = super()._page_acts()
        last = {code: acts.pop(code) for code in ("question",) if code in acts}
        return {
            **acts,
            "dispute": PageAct(
                self.env._("Something is wrong with an invoice"),
                self.env._("What you contest is not asked until we have answered. The rest stays due."),
                "debto_dunning.page_form_dispute", "_do_dispute", "_values_of_dispute",
                needs_items=True),
            "charges": PageAct(
                self.env._("I do not agree with costs or interest"),
                self.env._("You may pay the invoices without them. A colleague looks at it and answers."),
                "debto_dunning.page_form_note", "_do_contest_charges", needs_charges=True),
            **last,
        }

    def _values_of_dispute(self, visit, given):
        categories = self.env["dunning.dispute.category"].search([
            ("company_id", "in", (False, self.company_id.id))])
        return {**self._values_of_items(visit, given), "categories": categories}

    def _do_dispute(self, visit, values):
        chosen, note = self._given_items(visit, values), self._given_note(values, is_required=True)
        if len(chosen) > 1:
            raise UserError(self.env._("Please choose one invoice."))
        [one] = chosen
        categories = self._values_of_dispute(visit, values)["categories"]
        category = categories.filtered(lambda category: str(category.id) == str(values.get("category")))
        if not category:
            raise UserError(self.env._("Please choose what is wrong."))
        amount = one.currency.round(self._given_amount(values, one.due.principal))
        files = self._given_files(values)
        disputes, contact = self.env["dunning.dispute"], self.recipient_id or self.partner_id
        earlier = disputes.search([("state", "=", "open"), ("line_ids.move_line_id", "=", one.item.id)])
        done = self._log_act(
            "dispute", self.env._(
                "%(invoice)s contested (%(kind)s): %(amount)s", invoice=one.document, kind=category.name,
                amount=format_amount(self.env, amount, one.currency)),
            note, is_for_person=bool(earlier), moves=one.move, is_done_on_page=True)
        if earlier:  # what is in dispute already is not put in dispute again: its colleague reads on
            dispute = earlier[0]
            dispute._message_log(body=Markup("<p>%s</p>%s") % (done.subject, done._paragraphs(note)))
        else:
            dispute = disputes._make(
                self.debtor_id, {one.item: amount}, category, "page", communication_id=done.id, note=note,
                user_id=False, contact_id=contact.id)
        self._keep_files(dispute, files)
        self._confirm(done)
        return done

    def _given_files(self, values):
        """The uploaded files as they may be kept: list of pairs of bytes and ending of the name.

        :raises UserError: too many, too long, or neither pictures nor PDF
        """
        uploads = [upload for upload in values.get("files") or [] if upload.filename]
        if len(uploads) > MOST_FILES:
            raise UserError(self.env._("Please choose %s files at most.", MOST_FILES))
        files = [read_stranger_upload(self, upload.read(MOST_BYTES + 1), MOST_BYTES) for upload in uploads]
        size = self.upload_bytes + sum(len(content) for content, _ending in files)
        if size > MOST_BYTES_OF_LINK:
            raise UserError(self.env._("That is more than we can take here: please send the files by mail."))
        self.upload_bytes = size
        return files

    def _keep_files(self, record, files):
        """Keep files with a record. By their type browsers save them, and show nothing of them."""
        name = self.env._("File of the customer")
        self.env["ir.attachment"].create([{
            "name": f"{name} {number}.{ending}", "raw": content,
            "mimetype": DOWNLOAD, "res_model": record._name, "res_id": record.id,
        } for number, (content, ending) in enumerate(files, 1)])

    def _do_contest_charges(self, visit, values):
        note = self._given_note(values, is_required=True)
        items = [one for one in self._page_items(visit).values() if one.due.charges]
        if not items:
            raise UserError(self.env._("No costs or interest are open."))
        amounts = ", ".join(
            format_amount(self.env, sum(one.due.charges for one in items if one.currency == currency), currency)
            for currency in self.env["res.currency"].union(*(one.currency for one in items)))
        done = self._log_act(
            "dispute", self.env._("Costs and interest contested: %s", amounts), note, is_for_person=True,
            moves=self.env["account.move"].union(*(one.move for one in items)), reply_category="other",
            reply_category_read="other")
        self._confirm(done)
        return done
