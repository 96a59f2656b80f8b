from odoo import api, models


class DunningCommunication(models.Model):
    """The channel letter: a PDF in the print batch, whose day of posting a person confirms."""

    _inherit = "dunning.communication"

    @api.model
    def _can_reach_letter(self, partners):
        """Those with a street, a postcode or a city."""
        partners.fetch(["street", "zip", "city"])
        return partners.filtered(lambda partner: partner.street or partner.zip or partner.city)

    def _preview_letter(self):
        return self._render_mail()["body"]

    def _deliver_letter(self):
        """Print the letters of the batch in one call and put them in the company's open print batch."""
        letters = self._print_letters()
        attachments = self._make_attachments(letter_attachments=letters)
        for company, communications in self.grouped("company_id").items():
            batch = self.env["dunning.letter.batch"]._open(company)
            communications._mark_sent({
                communication.id: {
                    "letter_batch_id": batch.id,
                    "letter_attachment_id": attachments[communication.id][0],
                    **communication._render_mail(),
                } for communication in communications
            })
            batch._on_letters_added()

    def _print_letters(self):
        """Print one PDF each, all in one call of wkhtmltopdf.

        :return: {id: bytes}
        """
        streams = self.env["ir.actions.report"]._render_qweb_pdf_prepare_streams(
            "debto_dunning.report_letter", {}, res_ids=self.ids)
        return {communication_id: streams[communication_id]["stream"].getvalue() for communication_id in self.ids}

    def _make_attachments(self, letter_attachments=None):
        """The letter and the invoices that go along, as the steps say.

        :param letter_attachments: {id: bytes} of letters printed already
        :return: {id: list of attachment ids}, the letter first
        """
        steps = {
            communication.id: communication._steps()
            for communication in self
        }
        letters = dict(letter_attachments or {})
        wanting = self.filtered(lambda c: c.id not in letters and any(steps[c.id].level_id.mapped("attach_letter")))
        if wanting:
            letters.update(wanting._print_letters())
        moves_by_id = {
            communication.id: steps[communication.id].filtered("level_id.attach_invoices").move_id
            for communication in self
        }
        invoices = self._invoice_pdfs(self.env["account.move"].union(*moves_by_id.values()))
        vals_list, places = [], []
        for communication in self:
            if communication.id in letters:
                vals_list.append(communication._attachment_vals(
                    f"{communication._letter_name()}.pdf", letters[communication.id]))
                places.append(communication.id)
            for move in moves_by_id[communication.id]:
                if move.id in invoices:
                    vals_list.append(communication._attachment_vals(f"{move._get_report_base_filename()}.pdf",
                                                                    invoices[move.id]))
                    places.append(communication.id)
        # attachments belong to the log, whoever may write attachments
        attachments = self.env["ir.attachment"].sudo().create(vals_list)
        result = {communication.id: [] for communication in self}
        for place, attachment in zip(places, attachments, strict=True):
            result[place].append(attachment.id)
        return result

    def _attachment_vals(self, name, content):
        return {
            "name": name.replace("/", "-"),
            "raw": content,
            "mimetype": "application/pdf",
            "res_model": self._name,
            "res_id": self.id,
        }

    def _letter_name(self):
        self.ensure_one()
        name = self.level_id.with_context(lang=self._language()).name or self.subject
        return f"{self.company_id.name} {name} {self.id}"

    def _invoice_pdfs(self, moves):
        """The PDF of each invoice: the one that was sent, else printed now, many in one call.

        :return: {invoice id: bytes}
        """
        pdfs, missing = {}, self.env["account.move"]
        for move in moves:
            # the user who sends may lack access to the attachments of accounting
            attachment = move.sudo().invoice_pdf_report_id
            if attachment.raw:
                pdfs[move.id] = attachment.raw
            elif move.is_invoice(include_receipts=True):
                missing |= move
        if missing:
            streams = self.env["ir.actions.report"].with_context(
                skip_is_manually_modified=True)._render_qweb_pdf_prepare_streams(
                    "account.account_invoices", {}, res_ids=missing.ids)
            pdfs.update({move_id: streams[move_id]["stream"].getvalue()
                         for move_id in missing.ids if streams.get(move_id, {}).get("stream")})
        return pdfs

    def action_open_letter(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.letter_attachment_id.id}?download=true",
            "target": "new",
        }
