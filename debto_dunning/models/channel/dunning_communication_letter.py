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
        invoices = self._invoices_to_attach()
        counted = self._with_attached_counts(invoices)
        attachments = counted._make_attachments(invoices, counted._print_letters())
        for company, communications in counted.grouped("company_id").items():
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

    def action_open_letter(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.letter_attachment_id.id}?download=true",
            "target": "new",
        }
